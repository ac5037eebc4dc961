// @ts-check
import { Chart } from './chart.js'
import { byId, element } from './elements.js'
import { term } from './glossary.js'
import { showRail } from './rail.js'
import { events, get, post } from './server.js'
import { showStanding } from './standing.js'
import { canonical, fromAddress, lessonOf, toAddress } from './state.js'
import { count, emphasised, spelled } from './words.js'

/** @type {import('./state.js').Catalog} */
const catalog = await get('/api/catalog')
let { race, look } = fromAddress(location.search, catalog)

/** @type {string[]} */ let titles = []
/** @type {import('./state.js').Standing | null} */ let standing = null
/** @type {import('./state.js').StepTime[]} */ let times = []
/** @type {AbortController | null} */ let running = null
/** @type {AbortController | null} */ let fairRunning = null
/** @type {'ready' | 'running' | 'held' | 'over'} */ let phase = 'ready'
/** Fair races by what they are of, so that going back to one shows its verdict. @type {Map<string, {verdict: string[], warnings: string[]}>} */
const fairs = new Map()
/** @type {{done: number, planned: number, left: number | null} | null} */ let fairProgress = null
let isAsking = false

const AXES = /** @type {const} */ (['axis', 'x', 'y'])
const chart = new Chart(byId('chart'), byId('readout'), look, moveTarget)

/** A new description: the race before it is over, and what it gave no longer on the page. @param {typeof race} next */
function change(next) {
  const isSameButReach = canonical({ ...next, reach: 0 }) === canonical({ ...race, reach: 0 })
  race = next
  if (isSameButReach && phase !== 'ready' && race.reach > 0) {
    moveTarget(race.reach)
  } else {
    reset()
    check()
  }
  showRail(race, catalog, titles, change)
}

function reset() {
  running?.abort()
  running = null
  fairRunning?.abort()
  fairRunning = null
  fairProgress = null
  phase = 'ready'
  standing = null
  times = []
  chart.times = []
  chart.curves = race.contenders.map(() => ({ x: [], y: [] }))
  chart.reached = []
  chart.budget = race.epochs
  chart.reach = race.reach
  chart.titles = titles
  if (look.axis === 'seconds') look.axis = 'epoch'
  refuse(null)
  chart.build()
  show()
}

/** Asks the server whether the race can be run, and for the contenders' names. */
async function check() {
  const asked = race
  try {
    const summary = await (await post('/api/check', asked)).json()
    if (asked !== race) return
    titles = summary.titles
    chart.titles = titles
    refuse(null)
  } catch (error) {
    if (asked === race) refuse(error)
  }
  showRail(race, catalog, titles, change)
  show()
}

/** @param {boolean} isPaused Whether to stop after the first epoch. */
async function run(isPaused) {
  reset()
  const own = new AbortController()
  running = own
  phase = isPaused ? 'held' : 'running'
  show()
  try {
    for await (const { name, data } of events('/api/race', { ...race, columns: chart.columns, paused: isPaused }, own.signal)) {
      if (running !== own) return
      if (name === 'start') begin(data)
      if (name === 'frame') frame(data)
      if (name === 'end') end(data)
      if (name === 'times') timesCame(data)
      if (name === 'refused') throw new Error(data.error)
    }
  } catch (error) {
    if (own.signal.aborted) return
    reset()
    refuse(error)
  }
}

/** @param {import('./state.js').Summary} summary */
function begin(summary) {
  titles = summary.titles
  chart.titles = titles
  chart.steps = summary.stepsPerEpoch
  showRail(race, catalog, titles, change)
}

/** @param {{held: boolean, standing: import('./state.js').Standing, curves: {x: number[], y: (number | null)[]}[]}} news */
function frame(news) {
  news.curves.forEach((curve, i) => {
    chart.curves[i].x.push(...curve.x)
    chart.curves[i].y.push(...curve.y)
  })
  if (phase !== 'over') phase = news.held ? 'held' : 'running'
  stand(news.standing)
  chart.draw()
}

/** @param {import('./state.js').Standing} last */
function end(last) {
  phase = 'over'
  stand(last)
  chart.draw()
}

/** @param {import('./state.js').StepTime[]} measured */
function timesCame(measured) {
  times = measured
  chart.times = measured.map((time) => time?.milliseconds ?? null)
  show()
}

/** @param {import('./state.js').Standing} next */
function stand(next) {
  // The target may have been moved while this was on its way.
  if (next.reach !== race.reach) return void ask()
  standing = next
  chart.reached = next.runs.map((one) => one.reached)
  show()
}

/** @param {number} reach */
function moveTarget(reach) {
  race = { ...race, reach }
  chart.reach = reach
  const box = byId('reach')
  if (box) box.value = String(reach)
  chart.draw()
  ask()
  show()
}

/** Asks how all stand against the target as it is now; one question at a time, and again if it was moved meanwhile. */
async function ask() {
  if (isAsking || phase === 'ready') return
  isAsking = true
  const asked = race.reach
  try {
    const answer = await get(`/api/race/standing?reach=${asked}`)
    if (asked === race.reach) {
      standing = answer
      chart.reached = answer.runs.map((/** @type {import('./state.js').RunStanding} */ one) => one.reached)
      chart.draw()
      show()
    }
  } catch (error) {
    refuse(error)
  } finally {
    isAsking = false
  }
  if (asked !== race.reach) ask()
}

async function raceFairly() {
  const key = fairKey()
  const own = new AbortController()
  fairRunning = own
  fairProgress = { done: 0, planned: 0, left: null }
  show()
  try {
    for await (const { name, data } of events('/api/fair', race, own.signal)) {
      if (name === 'progress') fairProgress = data
      if (name === 'end') fairs.set(key, data)
      if (name === 'refused') throw new Error(data.error)
      if (fairRunning === own) show()
    }
  } catch (error) {
    if (!own.signal.aborted) refuse(error)
  }
  if (fairRunning !== own) return
  fairRunning = null
  fairProgress = null
  show()
}

/** What decides a fair race: not the learning rates, which it finds itself. */
function fairKey() {
  const { data, hidden, activation, seed } = race
  return JSON.stringify([data, hidden, activation, seed, race['batch-size'] ?? null, race.reach, race.contenders.map(({ 'learning-rate': _, ...rest }) => spelled(/** @type {any} */ (rest)))])
}

/** @param {unknown} error */
function refuse(error) {
  const box = byId('refused')
  box.hidden = error === null
  box.textContent = error instanceof Error ? error.message : ''
}

/** Brings everything but rail and curves to what is known now. */
function show() {
  history.replaceState(null, '', toAddress(race, look, catalog))
  const lesson = lessonOf({ ...race, reach: catalog.lessons[0].race.reach }, catalog)
  const verdict = standing?.verdict ?? []
  const first = verdict[0] ?? (phase === 'ready' ? (lesson?.look ?? 'Press Race, and see who reaches the dashed line first.') : 'On the way …')
  byId('verdict').replaceChildren(...emphasised(first))
  showFair()
  const warnings = (fairs.get(fairKey())?.warnings ?? []).map((warning) => `Of the fair race: ${warning}`)
  byId('notes').replaceChildren(...[...verdict.slice(1), ...warnings, verdict.length > 0 && lesson ? lesson.argue : ''].filter((text) => text !== '').flatMap((text) => [text, ' ']))
  byId('race').textContent = phase === 'running' ? 'Pause' : phase === 'held' ? 'Go on' : 'Race'
  byId('step').disabled = phase === 'over'
  showScales()
  showStanding(byId('standing'), { titles: race.contenders.map((one, i) => titles[i] ?? one.name), standing, times, reach: race.reach, budget: race.epochs })
  byId('command').replaceChildren('The same contenders on the command line: ', element('code', {}, commandLine()))
}

function showFair() {
  const line = byId('fair')
  const known = fairs.get(fairKey())
  if (known) {
    const [head, ...sentences] = known.verdict
    line.replaceChildren(...emphasised(head.replace(/^.*?\. (?=Each with)/, '')), ' ', ...sentences.flatMap((sentence) => [...emphasised(sentence), ' ']))
    return
  }
  const name = term('fair', 'Each with its own learning rate')
  if (fairProgress) {
    const { done, planned, left } = fairProgress
    line.replaceChildren(name, ': ', element('span', { class: 'not' }, planned === 0 ? 'racing …' : `${count(done)} of ${count(planned)} trials${left ? `, about ${Math.ceil(left)} s left` : ''} `), element('button', { type: 'button', onclick: () => { fairRunning?.abort(); fairRunning = null; fairProgress = null; show() } }, 'stop'))
    return
  }
  line.replaceChildren(name, ': ', element('span', { class: 'not' }, 'not measured yet. '), element('button', { type: 'button', id: 'race-that', onclick: raceFairly }, 'Race that'), element('span', { class: 'not' }, ' (25 tries each, 10 repeats)'))
}

/** Which axis is chosen, and whether seconds are known yet. */
function showScales() {
  for (const name of AXES) byId(`${name}-${look[name]}`).checked = true
  byId('axis-seconds').disabled = !chart.hasTimes
}

function makeScales() {
  byId('scales').replaceChildren(choices('axis', 'Axis', ['epoch', 'step', 'seconds']), choices('x', 'x', ['log', 'linear']), choices('y', 'y', ['log', 'linear']))
}

/**
 * @param {'axis' | 'x' | 'y'} name
 * @param {string} caption
 * @param {string[]} options
 */
function choices(name, caption, options) {
  const pick = (/** @type {string} */ value) => {
    Object.assign(look, { [name]: value })
    chart.build()
    show()
  }
  const inputs = options.flatMap((value) => [
    element('input', { type: 'radio', name, id: `${name}-${value}`, value, onchange: () => pick(value) }),
    element('label', { for: `${name}-${value}`, title: value === 'seconds' ? 'known once the race is over' : null }, value),
  ])
  return element('fieldset', { 'aria-label': `Axis ${caption}` }, name !== 'axis' && element('span', { class: 'cap' }, caption), element('div', { class: 'choices' }, ...inputs))
}

/** The command that races the same contenders. */
function commandLine() {
  const parts = ['steepest compare', race.data]
  for (const contender of race.contenders) parts.push(`--optimizer ${spelled(contender)}`)
  if (race.hidden.join(',') !== '10') parts.push(`--hidden ${race.hidden.join(',') || 'none'}`)
  if (race.activation !== 'leaky-relu') parts.push(`--activation ${race.activation}`)
  if (race['batch-size']) parts.push(`--batch-size ${race['batch-size']}`)
  if (race.seed !== 42) parts.push(`--seed ${race.seed}`)
  return [...parts, `--epochs ${race.epochs}`, `--reach ${race.reach}`].join(' ')
}

function showTheme() {
  const isDark = look.theme === 'dark' || (look.theme === '' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.dataset.theme = isDark ? 'dark' : 'light'
  byId('theme').textContent = isDark ? 'light' : 'dark'
  byId('theme').setAttribute('aria-label', isDark ? 'switch to light colours' : 'switch to dark colours')
  if (chart.plot) chart.build()
}

byId('theme').addEventListener('click', () => {
  look.theme = document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark'
  showTheme()
  show()
})
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', showTheme)
byId('race').addEventListener('click', () => {
  if (phase === 'running') post('/api/race/pause').catch(refuse)
  else if (phase === 'held') post('/api/race/go-on').catch(refuse)
  else run(false)
})
byId('step').addEventListener('click', () => (phase === 'ready' ? run(true) : post('/api/race/step').catch(refuse)))
byId('reset').addEventListener('click', reset)
byId('chart').addEventListener('keydown', (/** @type {KeyboardEvent} */ e) => {
  if (e.key !== 'ArrowLeft' && e.key !== 'ArrowRight') return
  e.preventDefault()
  chart.moveCrosshair(e.key === 'ArrowLeft' ? -8 : 8)
})
byId('open-rail').addEventListener('click', () => byId('open-rail').setAttribute('aria-expanded', String(byId('rail').classList.toggle('open'))))

makeScales()
showTheme()
change(race)
