// @ts-check
import { byId, element, sample } from './elements.js'
import { term } from './glossary.js'
import { drawing } from './network.js'
import { layers, lessonOf } from './state.js'
import { count, settingName, short } from './words.js'

/** @typedef {import('./state.js').RaceDescription} RaceDescription */

/** What the rail shows beside the race: which contenders are open, and their names. */
/** @type {Set<number>} */
const open = new Set()

/**
 * Draws the rail. Whatever is changed on it is told as a new description.
 * @param {RaceDescription} race
 * @param {import('./state.js').Catalog} catalog
 * @param {string[]} titles
 * @param {(race: RaceDescription) => void} change
 */
export function showRail(race, catalog, titles, change) {
  const focused = document.activeElement?.id
  const rail = byId('rail')
  const data = catalog.data.find((one) => one.name === race.data)
  const lesson = lessonOf(race, catalog)
  const withChange = (/** @type {Partial<RaceDescription>} */ part) => change({ ...structuredClone(race), ...part })

  rail.replaceChildren(
    element('h2', {}, term('lesson', 'Lesson')),
    choice('lesson', 'Lesson', [...catalog.lessons.map((one, i) => [one.name, `${i + 1} · ${one.title}`]), ...(lesson ? [] : [['', 'your own race']])], lesson?.name ?? '', (name) => {
      const chosen = catalog.lessons.find((one) => one.name === name)
      open.clear()
      if (chosen) change(structuredClone(chosen.race))
    }),
    element('h2', {}, term('data', 'Data')),
    element('div', { class: 'row' },
      choice('data', 'Data', catalog.data.map((one) => [one.name, one.name]), race.data, (name) => withChange({ data: name })),
      element('span', { class: 'value' }, data ? `${count(data.rows)} × ${data.features}, ${data.classes} classes` : '')),
    element('h2', {}, term('network', 'Network')),
    drawing([data?.features ?? 1, ...race.hidden, data?.classes ?? 1]),
    field('hidden', term('hidden', 'hidden units'), race.hidden.join(', ') || 'none', (text) => withChange({ hidden: layers(text) })),
    element('div', { class: 'row' }, term('activation'), choice('activation', 'Activation', catalog.activations.map((name) => [name, name.replaceAll('-', ' ').replace('relu', 'ReLU')]), race.activation, (name) => withChange({ activation: name }))),
    element('h2', {}, 'Contenders'),
    ...race.contenders.map((contender, place) => chip(place, contender)),
    race.contenders.length < catalog.limits.contenders &&
      choice('add', 'Add a contender', [['', '+ add a contender'], ...catalog.optimizers.map((one) => [one.name, one.title])], '', (name) => {
        const info = catalog.optimizers.find((one) => one.name === name)
        if (!info) return
        open.add(race.contenders.length)
        withChange({ contenders: [...race.contenders, { name, 'learning-rate': info.settings[0].value }] })
      }, 'add'),
    element('h2', {}, 'Race'),
    field('batch', term('batch', 'rows a step'), race['batch-size'] ? String(race['batch-size']) : 'all', (text) => withChange({ 'batch-size': /^\s*(all)?\s*$/i.test(text) ? undefined : Number(text) })),
    field('epochs', term('budget', 'budget, epochs'), count(race.epochs), (text) => withChange({ epochs: whole(text) })),
    field('reach', term('reached', 'target, loss'), String(race.reach), (text) => withChange({ reach: Number(text) })),
    field('seed', term('seed', 'split and start'), String(race.seed), (text) => withChange({ seed: whole(text) })),
  )
  byId('rail-summary').textContent = `${lesson ? lesson.title : 'Your own race'}: ${race.data}, ${race.contenders.length === 1 ? '1 contender' : `${race.contenders.length} contenders`}`
  if (focused) byId(focused)?.focus({ preventScroll: true })

  /**
   * @param {number} place
   * @param {import('./state.js').Optimizer} contender
   */
  function chip(place, contender) {
    const info = catalog.optimizers.find((one) => one.name === contender.name)
    const isOpen = open.has(place)
    const title = titles[place] ?? info?.title ?? contender.name
    const others = (/** @type {Record<string, any>} */ settings) => withChange({ contenders: race.contenders.map((one, i) => (i === place ? /** @type {any} */ (settings) : one)) })
    return element('div', { class: 'chip', role: 'group', 'aria-label': title },
      element('div', { class: 'top' },
        sample(place),
        element('span', { class: 'title' }, title),
        element('button', { type: 'button', id: `open-${place}`, class: 'quiet', 'aria-expanded': isOpen, 'aria-label': `${isOpen ? 'close' : 'change'} ${title}`, onclick: () => {
          if (!open.delete(place)) open.add(place)
          showRail(race, catalog, titles, change)
        } }, isOpen ? 'close' : 'change')),
      element('p', { class: 'brief' }, brief(contender, info)),
      isOpen && element('div', { class: 'settings' },
        ...(info?.settings ?? []).map((setting) => settingField(place, setting, contender, others)),
        element('div', { class: 'actions' },
          race.contenders.length < catalog.limits.contenders && element('button', { type: 'button', class: 'quiet', onclick: () => {
            // At the next learning rate, for two of the same would be one.
            const rate = contender['learning-rate'] * (/^[1-2]/.test(contender['learning-rate'].toExponential()) ? 3 : 10 / 3)
            open.add(race.contenders.length)
            withChange({ contenders: [...race.contenders, { ...contender, 'learning-rate': Number(rate.toPrecision(1)) }] })
          } }, 'copy'),
          race.contenders.length > 1 && element('button', { type: 'button', class: 'quiet', onclick: () => {
            open.clear()
            withChange({ contenders: race.contenders.filter((_, i) => i !== place) })
          } }, 'remove'))))
  }
}

/**
 * @param {number} place
 * @param {import('./state.js').Setting} setting
 * @param {import('./state.js').Optimizer} contender
 * @param {(contender: Record<string, any>) => void} change
 */
function settingField(place, setting, contender, change) {
  const value = contender[setting.name] ?? setting.value ?? Infinity
  const explained = term(`${setting.meaning.charAt(0).toUpperCase()}${setting.meaning.slice(1)}.${setting.isSwitch ? '' : ` In ${setting.range}, usually ${short(setting.value ?? Infinity)}.`}`, settingName(setting.name))
  const set = (/** @type {number | boolean} */ next) => {
    const changed = { ...contender, [setting.name]: next }
    if (setting.name !== 'learning-rate' && Number(next) === setting.value) delete changed[setting.name]
    change(changed)
  }
  if (setting.isSwitch) {
    const box = element('input', { type: 'checkbox', 'aria-label': settingName(setting.name), id: `s-${place}-${setting.name}`, onchange: () => set(box.checked) })
    box.checked = value === true || value === 1
    return element('div', { class: 'row' }, explained, box)
  }
  return field(`s-${place}-${setting.name}`, explained, value === Infinity ? '∞' : String(value), (text) => set(Number(text)))
}

/**
 * The settings of a contender in a line: the learning rate, the moments' factors, and what is not as usual.
 * @param {import('./state.js').Optimizer} contender
 * @param {import('./state.js').OptimizerInfo | undefined} info
 */
function brief(contender, info) {
  return (info?.settings ?? [])
    .filter((setting) => ['learning-rate', 'momentum', 'beta1', 'beta2'].includes(setting.name) ? setting.name !== 'momentum' || contender[setting.name] : contender[setting.name] !== undefined)
    .map((setting) => {
      const value = contender[setting.name] ?? setting.value
      return setting.isSwitch ? settingName(setting.name) : `${settingName(setting.name)} ${value}`
    })
    .join(' · ')
}

/**
 * @param {string} id
 * @param {string} label
 * @param {string[][]} options
 * @param {string} chosen
 * @param {(name: string) => void} change
 * @param {string} [kind]
 */
function choice(id, label, options, chosen, change, kind = id === 'lesson' ? 'wide' : '') {
  const select = element('select', { id, class: kind, 'aria-label': label, onchange: () => change(select.value) }, ...options.map(([value, text]) => element('option', { value }, text)))
  select.value = chosen
  return select
}

/**
 * @param {string} id
 * @param {HTMLElement} label
 * @param {string} value
 * @param {(text: string) => void} change
 */
function field(id, label, value, change) {
  const input = element('input', { id, value, autocomplete: 'off', spellcheck: 'false', 'aria-label': label.textContent ?? id, onchange: () => change(input.value) })
  return element('div', { class: 'row' }, label, input)
}

/** @param {string} text */
const whole = (text) => Number(text.replaceAll(/[,\s]/g, ''))
