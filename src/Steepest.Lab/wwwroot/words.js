// @ts-check
import { element } from './elements.js'

const GREEK = /** @type {Record<string, string>} */ ({ beta1: 'β₁', beta2: 'β₂', beta3: 'β₃', epsilon: 'ε', rho: 'ρ', alpha: 'α' })

/**
 * A setting as a reader knows it.
 * @param {string} name
 */
export const settingName = (name) => GREEK[name] ?? name.replaceAll('-', ' ')

/**
 * A number of things: 1,902.
 * @param {number} value
 */
export const count = (value) => value.toLocaleString('en-US', { maximumFractionDigits: 0 })

/**
 * A loss to four digits, as the command writes it.
 * @param {number | null} value
 */
export function loss(value) {
  if (value === null) return '–'
  if (value === 0) return '0'
  if (Math.abs(value) < 0.001 || Math.abs(value) >= 1e6) return value.toExponential(3).replace('e+', 'e')
  return value < 1 ? value.toFixed(4) : String(Number(value.toPrecision(4)))
}

/**
 * A ratio of at least 1.
 * @param {number} value
 */
export const ratio = (value) => (value === 1 ? '1' : value >= 9.95 ? count(value) : value.toFixed(value < 1.095 ? 2 : 1))

/**
 * Any number in few characters.
 * @param {number} value
 */
export function short(value) {
  if (!Number.isFinite(value)) return '∞'
  if (value === 0) return '0'
  if (Math.abs(value) >= 1e6 || Math.abs(value) < 1e-3) return value.toExponential().replace('e+', 'e').replace(/(\.\d)\d+/, '$1')
  return Math.abs(value) >= 1000 ? count(value) : String(Number(value.toPrecision(3)))
}

/**
 * A contender in the command's spelling.
 * @param {import('./state.js').Optimizer} optimizer
 */
export const spelled = (optimizer) =>
  [optimizer.name, ...Object.entries(optimizer).filter(([key]) => key !== 'name').map(([key, value]) => `${key}=${typeof value === 'boolean' ? (value ? 'on' : 'off') : value}`)].join(',')

/**
 * A sentence of a verdict: what matters in it bold, what stands in brackets quiet.
 * @param {string} sentence
 */
export function emphasised(sentence) {
  const parts = sentence.split(/([\d.,]+(?: times|×) fewer|practically equal|cannot tell|\((?:[^()]|\([^()]*\))*\))/)
  return parts.map((part, i) => (i % 2 === 0 ? document.createTextNode(part)
    : part.startsWith('(') ? (/ to |tries/.test(part) ? element('span', { class: 'aside' }, part) : document.createTextNode(part)) : element('strong', {}, part)))
}
