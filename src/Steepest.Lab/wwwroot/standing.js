// @ts-check
import { element, sample } from './elements.js'
import { term } from './glossary.js'
import { count, loss, ratio, short } from './words.js'

/**
 * The table: who reached the target first, and what it cost. It is drawn anew whenever anything changes.
 * @param {HTMLTableElement} table
 * @param {{titles: string[], standing: import('./state.js').Standing | null, times: import('./state.js').StepTime[], reach: number, budget: number}} race
 */
export function showStanding(table, { titles, standing, times, reach, budget }) {
  const runs = titles.map((title, place) => ({ title, place, ...(standing?.runs[place] ?? { epochs: 0, reached: null, loss: null, diverged: null, testRight: null, testRows: null }), time: times[place] ?? null }))
  const first = Math.min(...runs.map((run) => run.reached ?? Infinity))
  runs.sort((a, b) => (a.reached ?? Infinity) - (b.reached ?? Infinity) || (a.loss ?? Infinity) - (b.loss ?? Infinity) || a.place - b.place)
  const micro = runs.every((run) => run.time === null || run.time.milliseconds < 1)
  const head = element('tr', {},
    element('th', { scope: 'col' }, term('contender')),
    element('th', { scope: 'col' }, term('reached', `reached ${reach}, epoch`)),
    element('th', { scope: 'col' }, term('ratio', 'ratio to the first')),
    element('th', { scope: 'col' }, term('last', 'last loss')),
    element('th', { scope: 'col' }, term('test', 'test rows right')),
    element('th', { scope: 'col' }, term('time', micro ? 'µs per step' : 'ms per step')),
    element('th', { scope: 'col' }, term('state', 'state bytes per weight')))
  const rows = runs.map((run) => {
    const isOver = run.testRight !== null || run.diverged !== null
    const reached = run.reached !== null ? count(run.reached) : run.diverged !== null ? `diverged at ${count(run.diverged)}` : isOver ? `> ${count(budget)}` : '–'
    return element('tr', { class: run.epochs === 0 ? 'idle' : '' },
      element('td', {}, sample(run.place), run.title),
      element('td', {}, reached),
      element('td', {}, run.reached === null ? (isOver && Number.isFinite(first) && run.diverged === null ? `> ${ratio(budget / first)}` : '–') : ratio(run.reached / first)),
      element('td', {}, run.epochs === 0 ? '–' : `${loss(run.loss)} at ${count(run.epochs)}`),
      element('td', {}, run.testRight === null ? '–' : `${count(run.testRight)} of ${count(run.testRows ?? 0)}`),
      element('td', {}, run.time === null ? '–' : short(Number((run.time.milliseconds * (micro ? 1000 : 1)).toPrecision(2)))),
      element('td', {}, run.time === null ? '–' : short(run.time.stateBytesPerParameter)))
  })
  table.replaceChildren(element('thead', {}, head), element('tbody', {}, ...rows))
}
