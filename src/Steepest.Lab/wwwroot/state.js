// @ts-check
import { spelled } from './words.js'

/**
 * @typedef {{name: string} & Record<string, any>} Optimizer An optimizer as JSON: its name, learning rate and the settings that are not the default.
 * @typedef {{data: string, hidden: number[], activation: string, 'batch-size'?: number, seed: number, epochs: number, reach: number, contenders: Optimizer[]}} RaceDescription
 * @typedef {{axis: 'epoch' | 'step' | 'seconds', x: 'log' | 'linear', y: 'log' | 'linear', theme: '' | 'light' | 'dark'}} Look
 * @typedef {{name: string, value: number | null, range: string, meaning: string, isSwitch: boolean}} Setting
 * @typedef {{name: string, title: string, source: string, settings: Setting[]}} OptimizerInfo
 * @typedef {{name: string, title: string, look: string, argue: string, race: RaceDescription}} Lesson
 * @typedef {{data: {name: string, description: string, rows: number, features: number, classes: number}[], activations: string[], optimizers: OptimizerInfo[], lessons: Lesson[], limits: {epochs: number, contenders: number}}} Catalog
 * @typedef {{epochs: number, reached: number | null, loss: number | null, diverged: number | null, testRight: number | null, testRows: number | null}} RunStanding
 * @typedef {{reach: number, runs: RunStanding[], verdict: string[]}} Standing
 * @typedef {{titles: string[], network: string, inputs: number, outputs: number, parameters: number, trainRows: number, testRows: number, stepsPerEpoch: number}} Summary
 * @typedef {{milliseconds: number, stateBytesPerParameter: number} | null} StepTime
 */

/** @type {Look} */
const USUAL_LOOK = { axis: 'epoch', x: 'log', y: 'log', theme: '' }

/**
 * The race and the look that an address describes; what it leaves out is as in the first lesson.
 * @param {string} search
 * @param {Catalog} catalog
 * @returns {{race: RaceDescription, look: Look}}
 */
export function fromAddress(search, catalog) {
  const query = new URLSearchParams(search)
  const lesson = catalog.lessons.find((one) => one.name === query.get('lesson')) ?? catalog.lessons[0]
  const race = structuredClone(lesson.race)
  const number = (/** @type {string} */ key) => (query.has(key) ? Number(query.get(key)) : undefined)
  race.data = query.get('data') ?? race.data
  race.activation = query.get('activation') ?? race.activation
  race['batch-size'] = number('batch-size') ?? race['batch-size']
  race.seed = number('seed') ?? race.seed
  race.epochs = number('epochs') ?? race.epochs
  race.reach = number('reach') ?? race.reach
  if (query.has('hidden')) race.hidden = layers(query.get('hidden') ?? '')
  if (query.has('optimizer')) race.contenders = query.getAll('optimizer').map((text) => optimizer(text, catalog))
  const one = (/** @type {string} */ key, /** @type {string[]} */ allowed, /** @type {string} */ usual) => (allowed.includes(query.get(key) ?? '') ? query.get(key) : usual)
  const look = /** @type {Look} */ ({
    axis: one('axis', ['epoch', 'step', 'seconds'], USUAL_LOOK.axis),
    x: one('x', ['log', 'linear'], USUAL_LOOK.x),
    y: one('y', ['log', 'linear'], USUAL_LOOK.y),
    theme: one('theme', ['light', 'dark'], USUAL_LOOK.theme),
  })
  return { race, look }
}

/**
 * The address of a race and a look; a lesson as it is set up has a short one.
 * @param {RaceDescription} race
 * @param {Look} look
 * @param {Catalog} catalog
 */
export function toAddress(race, look, catalog) {
  const query = new URLSearchParams()
  const lesson = lessonOf(race, catalog)
  if (lesson) {
    query.set('lesson', lesson.name)
  } else {
    query.set('data', race.data)
    query.set('hidden', race.hidden.join(',') || 'none')
    query.set('activation', race.activation)
    if (race['batch-size']) query.set('batch-size', String(race['batch-size']))
    query.set('seed', String(race.seed))
    query.set('epochs', String(race.epochs))
    query.set('reach', String(race.reach))
    for (const contender of race.contenders) query.append('optimizer', spelled(contender))
  }
  for (const key of /** @type {(keyof Look)[]} */ (['axis', 'x', 'y', 'theme'])) if (look[key] !== USUAL_LOOK[key]) query.set(key, look[key])
  return `?${query.toString().replaceAll('%2C', ',').replaceAll('%3D', '=')}`
}

/**
 * The lesson that a race is, untouched.
 * @param {RaceDescription} race
 * @param {Catalog} catalog
 */
export function lessonOf(race, catalog) {
  return catalog.lessons.find((lesson) => canonical(lesson.race) === canonical(race))
}

/**
 * The same text for the same race.
 * @param {RaceDescription} race
 */
export function canonical(race) {
  const ordered = { ...race, 'batch-size': race['batch-size'] ?? null, contenders: race.contenders.map(spelled) }
  return JSON.stringify(Object.entries(ordered).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/**
 * Layers as in 64, 32.
 * @param {string} text
 */
export const layers = (text) => (/^\s*(none)?\s*$/i.test(text) ? [] : text.split(/[,\s–-]+/).filter((part) => part !== '').map(Number))

/**
 * @param {string} text
 * @param {Catalog} catalog
 * @returns {Optimizer}
 */
function optimizer(text, catalog) {
  const [name, ...settings] = text.split(',')
  const info = catalog.optimizers.find((one) => one.name === name)
  /** @type {Optimizer} */
  const made = { name }
  for (const setting of settings) {
    const [key, value = ''] = setting.split('=')
    const isSwitch = info?.settings.find((one) => one.name === key)?.isSwitch
    made[key] = isSwitch ? value === 'on' || value === 'true' : Number(value)
  }
  return made
}
