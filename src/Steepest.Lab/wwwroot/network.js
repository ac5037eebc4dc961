// @ts-check
import { element } from './elements.js'

const WIDTH = 240, HEIGHT = 138, MOST_SHOWN = 10

/**
 * The network as a drawing: a column of units for each layer, and a line for each weight between those that are shown.
 * @param {number[]} sizes Units of each layer, inputs first.
 */
export function drawing(sizes) {
  const columns = sizes.map((size, layer) => {
    const shown = Math.min(size, MOST_SHOWN)
    const gap = Math.min(28, (HEIGHT - 24) / Math.max(1, shown - 1))
    const x = 12 + (sizes.length === 1 ? 0 : (layer * (WIDTH - 24)) / (sizes.length - 1))
    return { size, x, ys: Array.from({ length: shown }, (_, unit) => HEIGHT / 2 + (unit - (shown - 1) / 2) * gap) }
  })
  const lines = columns.slice(1).flatMap((column, i) => columns[i].ys.flatMap((y1) => column.ys.map((y2) => element('line', { x1: columns[i].x, y1, x2: column.x, y2 }))))
  const units = columns.flatMap((column) => column.ys.map((cy) => element('circle', { cx: column.x, cy, r: 4.6 })))
  return element('svg', { id: 'network', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': `A network of ${sizes.join(', ')} units` }, ...lines, ...units)
}
