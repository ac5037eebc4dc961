// @ts-check

/**
 * An element with attributes and children. Text is set as text, never as markup; what begins with "on" is a listener.
 * @param {string} name
 * @param {Record<string, any>} [attributes]
 * @param {...(Node | string | null | false)} children
 * @returns {any}
 */
export function element(name, attributes = {}, ...children) {
  const isDrawn = ['svg', 'line', 'circle', 'text', 'g'].includes(name)
  const made = isDrawn ? document.createElementNS('http://www.w3.org/2000/svg', name) : document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) made.addEventListener(key.slice(2), value)
    else if (value === true) made.setAttribute(key, '')
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, String(value))
  }
  made.append(...children.filter((child) => child !== null && child !== false).map((child) => /** @type {Node | string} */ (child)))
  return made
}

/**
 * The element of a name in the page.
 * @param {string} id
 * @returns {any}
 */
export const byId = (id) => document.getElementById(id)

/**
 * The sample of a contender's line: colour and dash as in the chart.
 * @param {number} place
 */
export function sample(place) {
  const line = element('line', { x1: 1, y1: 5, x2: 23, y2: 5, 'stroke-width': 2.6, 'stroke-linecap': 'round', 'stroke-dasharray': DASHES[dashOf(place)].join(' ') })
  line.style.stroke = `var(--c${place % 6})`
  return element('svg', { class: 'dash', viewBox: '0 0 24 10', 'aria-hidden': 'true' }, line)
}

/** Each colour has a dash of its own; a second round through the colours meets other dashes. */
export const DASHES = [[], [0.1, 5.2], [6.5, 5.5], [7, 5, 0.1, 5], [14, 6], [7, 4.5, 0.1, 4.5, 0.1, 4.5]]

/** @param {number} place */
export const dashOf = (place) => (place + Math.floor(place / 6)) % 6
