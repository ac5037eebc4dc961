// @ts-check
import { byId, element } from './elements.js'

/** @type {Record<string, string>} */
const TERMS = {
  lesson: 'A race that is set up to show one thing. Change whatever you like: the address in the browser always describes what you see.',
  data: 'The table the network learns from: each row is an example with its right answer. A third of the rows is kept apart and never trained on.',
  network: 'Layers of units; each unit adds up the values before it, each times a weight, and bends the sum a little. Training means finding weights that give the right answers.',
  hidden: 'How many units each layer between input and output has, such as 10 or 64, 32.',
  activation: 'How a unit bends its sum. Without the bend all layers together could draw straight lines only.',
  batch: 'How many rows an optimizer looks at before each step. With all rows the gradient is exact; with few it is noisy, but a step costs less.',
  seed: 'Decides which rows are trained on and where the weights start. Another seed is another roll of the dice; all contenders share it.',
  budget: 'How many epochs each contender may use.',
  epoch: 'Once through all training rows.',
  step: 'One update of the weights. With all rows in one batch an epoch is a single step.',
  contender: 'An optimizer with its settings: a rule by which the gradient changes the weights.',
  loss: 'How wrong the network is, in one number: 0 is perfect. It is the mean over the training rows of minus the logarithm of the probability that the network gave to the right answer.',
  reached: 'The first epoch at which the training loss was at the target or below. Drag the dashed line, or type another target, and the table ranks anew.',
  ratio: 'How many times as many epochs as the fastest.',
  last: 'The training loss at the end of the budget.',
  test: 'How many of the rows that were kept apart the trained network gets right. Fast on training rows is not always right on others.',
  time: 'What one step costs, measured after the race: one contender after the other, alone on the machine.',
  state: 'Memory the optimizer keeps between steps for each weight. Adam keeps two numbers, momentum one, plain gradient descent none.',
  fair: 'One learning rate for all says little: each rule has its own good range. In a fair race each contender tries 25 learning rates, confirms its best on fresh starts and then runs, and all of that 10 times on other rows and starts. The interval says how much is luck.',
  'learning rate': 'How far a step goes. Too small and training crawls; too large and it jumps about or blows up.',
  momentum: 'The share of the last step that is kept in the next one, like a heavy ball that keeps rolling.',
}

/**
 * A word that explains itself when it is pressed.
 * @param {string} term A key of the glossary, or a sentence of its own.
 * @param {string} [text]
 */
export function term(term, text = term) {
  const button = element('button', { type: 'button', class: 'term', onclick: () => explain(button, TERMS[term] ?? term) }, text)
  return button
}

/**
 * @param {HTMLElement} at
 * @param {string} sentence
 */
function explain(at, sentence) {
  const box = byId('explanation')
  box.textContent = sentence
  box.showPopover()
  const place = at.getBoundingClientRect()
  const left = Math.max(8, Math.min(place.left, innerWidth - box.offsetWidth - 8))
  const below = place.bottom + 6
  box.style.left = `${left}px`
  box.style.top = `${below + box.offsetHeight < innerHeight ? below : Math.max(8, place.top - box.offsetHeight - 6)}px`
}
