// @ts-check
import { DASHES, dashOf, element } from './elements.js'
import { count, loss, short } from './words.js'

/** @typedef {{x: number[], y: (number | null)[]}} Curve Epochs, from 1, and losses. */

const SIZE = '13px system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif'

/** The chart of a race: a curve for each contender, and the line that they are to reach, which can be dragged. */
export class Chart {
  /** @type {Curve[]} */ curves = []
  /** @type {string[]} */ titles = []
  /** @type {(number | null)[]} */ reached = []
  /** Steps an epoch. */ steps = 1
  /** Milliseconds a step of each contender. @type {(number | null)[]} */ times = []
  budget = 1
  reach = 1
  /** @type {import('./state.js').Look} */ look
  /** @type {any} */ plot = null
  isHeld = false

  /**
   * @param {HTMLElement} root
   * @param {HTMLElement} readout
   * @param {import('./state.js').Look} look
   * @param {(reach: number) => void} onReach
   */
  constructor(root, readout, look, onReach) {
    this.root = root
    this.readout = readout
    this.onReach = onReach
    this.look = look
    this.target = this.#targetLine()
    new ResizeObserver(() => this.plot && (this.plot.setSize(this.#size()), this.#place())).observe(root)
  }

  /** Columns of pixels, for the server to thin to. */
  get columns() {
    return Math.max(100, Math.min(4096, Math.round(this.root.clientWidth * devicePixelRatio)))
  }

  /** Draws all anew: other axes, other colours, other contenders. */
  build() {
    this.plot?.destroy()
    const style = getComputedStyle(document.documentElement)
    const colour = (/** @type {string} */ name) => style.getPropertyValue(name).trim()
    const axis = { font: SIZE, stroke: colour('--muted'), grid: { stroke: colour('--grid'), width: 1 }, ticks: { show: false }, labelFont: SIZE, labelGap: 0 }
    const options = {
      ...this.#size(),
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 } },
      scales: {
        x: { time: false, distr: this.look.x === 'log' ? 3 : 1, range: () => this.#xRange() },
        y: { distr: this.look.y === 'log' ? 3 : 1, range: () => this.#yRange() },
      },
      series: [{}, ...this.curves.map((_, i) => ({
        stroke: colour(`--c${i % 6}`), width: 2.4, dash: DASHES[dashOf(i)].map((length) => length * devicePixelRatio), cap: 'round', spanGaps: true, points: { show: false },
      }))],
      axes: [
        { ...axis, label: this.look.axis, labelSize: 20, size: 30, gap: 6, splits: () => ticks(...this.#xRange(), this.look.x, this.root.clientWidth > 600 ? 9 : 5), filter: same, values: (/** @type {any} */ _, /** @type {number[]} */ at) => at.map(short) },
        { ...axis, label: 'training loss', labelSize: 20, size: 50, gap: 7, splits: () => ticks(...this.#yRange(), this.look.y, 7), filter: same, values: (/** @type {any} */ _, /** @type {number[]} */ at) => at.map(short) },
      ],
      hooks: { setCursor: [() => this.#read()], draw: [(/** @type {any} */ plot) => this.#mark(plot, colour)] },
      padding: [14, 22, 0, 0],
    }
    this.plot = new uPlot(/** @type {any} */ (options), /** @type {any} */ (this.#data()), this.root)
    this.plot.over.append(this.target)
    this.#place()
  }

  /** Draws what is new. */
  draw() {
    if (!this.plot || this.plot.series.length !== this.curves.length + 1) return this.build()
    this.plot.setData(this.#data())
    this.#place()
  }

  /** Whether seconds are known. */
  get hasTimes() {
    return this.times.length === this.curves.length && this.times.length > 0 && this.times.every((time) => time !== null)
  }

  /** Moves the crosshair by pixels, for whoever has no mouse. @param {number} pixels */
  moveCrosshair(pixels) {
    if (!this.plot) return
    const now = this.plot.cursor.left >= 0 ? this.plot.cursor.left : this.plot.over.clientWidth / 2
    this.plot.setCursor({ left: Math.max(0, Math.min(this.plot.over.clientWidth - 1, now + pixels)), top: 10 })
  }

  #size() {
    return { width: Math.max(200, this.root.clientWidth), height: this.root.clientHeight }
  }

  /** What an epoch of a contender is on the axis. @param {number} i */
  #unit(i) {
    return this.look.axis === 'epoch' ? 1 : this.look.axis === 'step' ? this.steps : (this.steps * (this.times[i] ?? 0)) / 1000
  }

  #data() {
    if (this.curves.length === 0 || this.curves.every((curve) => curve.x.length === 0)) return [[1, 2], ...this.curves.map(() => [null, null])]
    return uPlot.join(/** @type {any} */ (this.curves.map((curve, i) => [curve.x.map((epoch) => epoch * this.#unit(i)), curve.y])))
  }

  /** @returns {[number, number]} */
  #xRange() {
    const units = this.curves.length ? this.curves.map((_, i) => this.#unit(i)) : [1]
    const [least, most] = [Math.min(...units), Math.max(...units) * Math.max(this.budget, 2)]
    return [this.look.x === 'log' ? least : 0, most]
  }

  /** @returns {[number, number]} */
  #yRange() {
    let [low, high, first] = [this.reach, this.reach, 0]
    for (const curve of this.curves) {
      first = Math.max(first, curve.y[0] ?? 0)
      for (const value of curve.y) {
        if (value === null) continue
        low = Math.min(low, value)
        high = Math.max(high, value)
      }
    }
    // What blows up, or falls far below the target, leaves the picture: the others are to be seen.
    if (first > 0) high = Math.min(high, 4 * Math.max(first, this.reach))
    low = Math.max(low, this.reach / 1000)
    if (high === this.reach) high = Math.max(this.reach * 10, 1.5)
    return this.look.y === 'log' ? [low / 1.25, high * 1.2] : [0, high * 1.05]
  }

  #place() {
    if (!this.plot) return
    const top = this.plot.valToPos(this.reach, 'y')
    this.target.style.top = `${top}px`
    const pill = /** @type {HTMLElement} */ (this.target.firstChild)
    pill.textContent = `reach ${this.reach}`
    if (!this.isHeld) pill.style.left = `${this.#freePlace(pill.offsetWidth)}px`
    pill.setAttribute('aria-valuenow', String(this.reach))
    pill.setAttribute('aria-valuetext', `training loss ${loss(this.reach)}`)
  }

  /** Where the target's name hides no point at which a contender reaches it. @param {number} width */
  #freePlace(width) {
    const room = this.plot.over.clientWidth
    const marks = this.reached.flatMap((epoch, i) => (epoch === null ? [] : [this.plot.valToPos(epoch * this.#unit(i), 'x')]))
    const places = [12, 0.25 * room, 0.45 * room, 0.65 * room, room - width - 12]
    return Math.round(places.find((left) => marks.every((mark) => mark < left - 70 || mark > left + width + 20)) ?? places[0])
  }

  #targetLine() {
    const pill = element('button', { type: 'button', role: 'slider', 'aria-label': 'target', 'aria-valuemin': 0, 'aria-valuemax': 10, 'aria-valuenow': 0, 'aria-orientation': 'vertical' })
    let held = 0
    pill.addEventListener('pointerdown', (/** @type {PointerEvent} */ e) => {
      pill.setPointerCapture(e.pointerId)
      this.isHeld = true
      held = e.clientY - this.target.getBoundingClientRect().top
    })
    pill.addEventListener('pointermove', (/** @type {PointerEvent} */ e) => {
      if (!pill.hasPointerCapture(e.pointerId)) return
      const { top, height } = this.plot.over.getBoundingClientRect()
      this.#move(this.plot.posToVal(Math.max(1, Math.min(height - 1, e.clientY - held - top)), 'y'))
    })
    pill.addEventListener('lostpointercapture', () => {
      this.isHeld = false
      this.#place()
    })
    pill.addEventListener('keydown', (/** @type {KeyboardEvent} */ e) => {
      const factor = { ArrowUp: 1.02, ArrowRight: 1.02, ArrowDown: 1 / 1.02, ArrowLeft: 1 / 1.02, PageUp: 1.2, PageDown: 1 / 1.2 }[e.key]
      if (!factor) return
      e.preventDefault()
      e.stopPropagation()
      this.#move(this.reach * factor)
    })
    return element('div', { class: 'target' }, pill)
  }

  /** @param {number} reach */
  #move(reach) {
    if (!(reach > 0)) return
    this.reach = Number(reach.toPrecision(reach < 0.1 ? 3 : 4))
    this.#place()
    this.onReach(this.reach)
  }

  /** The points at which contenders reach the target. @param {any} plot @param {(name: string) => string} colour */
  #mark(plot, colour) {
    const { ctx, bbox } = plot
    const ratio = devicePixelRatio
    const y = plot.valToPos(this.reach, 'y', true)
    const marks = this.reached.map((epoch, i) => ({ epoch, i, x: epoch === null || this.#unit(i) === 0 ? NaN : plot.valToPos(epoch * this.#unit(i), 'x', true) }))
      .filter((mark) => mark.x >= bbox.left && mark.x <= bbox.left + bbox.width + 1).sort((a, b) => a.x - b.x)
    ctx.save()
    ctx.font = `600 ${13 * ratio}px ${SIZE.slice(5)}`
    ctx.textAlign = 'left'
    ctx.textBaseline = 'alphabetic'
    const pill = /** @type {HTMLElement} */ (this.target.firstChild)
    const pillEnd = bbox.left + (pill.offsetLeft + pill.offsetWidth) * ratio
    const ends = { above: -Infinity, below: -Infinity }
    for (const [place, { epoch, i, x }] of marks.entries()) {
      const text = this.look.axis === 'epoch' ? count(/** @type {number} */ (epoch)) : short(/** @type {number} */ (epoch) * this.#unit(i))
      const width = ctx.measureText(text).width
      const isAtEnd = x + width + 12 * ratio > bbox.left + bbox.width
      const left = x - width - 9 * ratio
      const isCrowded = marks[place + 1]?.x - x < width + 18 * ratio && left > Math.max(bbox.left, ends.above, x > pillEnd ? pillEnd : 0)
      const start = isAtEnd || isCrowded ? left : x + 9 * ratio
      const side = isAtEnd || ends.above > start ? 'below' : 'above'
      ctx.beginPath()
      ctx.arc(x, y, 5.5 * ratio, 0, 2 * Math.PI)
      ctx.fillStyle = colour(`--c${i % 6}`)
      ctx.strokeStyle = colour('--ground')
      ctx.lineWidth = 2 * ratio
      ctx.fill()
      ctx.stroke()
      // Where neither side has room the table says it.
      if (ends[side] > start) continue
      ends[side] = start + width + 4 * ratio
      ctx.fillStyle = colour(`--t${i % 6}`)
      ctx.lineWidth = 4 * ratio
      ctx.lineJoin = 'round'
      ctx.strokeText(text, start, y + (side === 'below' ? 18 : -9) * ratio)
      ctx.fillText(text, start, y + (side === 'below' ? 18 : -9) * ratio)
    }
    ctx.restore()
  }

  /** The values under the crosshair, each of the last epoch at or before it. */
  #read() {
    const at = this.plot?.cursor.left ?? -1
    this.readout.replaceChildren()
    if (at < 0 || this.curves.every((curve) => curve.x.length === 0)) return
    const x = this.plot.posToVal(at, 'x')
    const shown = this.curves.map((curve, i) => {
      const epoch = x / this.#unit(i)
      let [low, high] = [0, curve.x.length]
      while (low < high) {
        const middle = (low + high) >> 1
        if (curve.x[middle] <= epoch) low = middle + 1
        else high = middle
      }
      return low === 0 || (low === curve.x.length && epoch > curve.x[low - 1] + 1) ? null : curve.y[low - 1]
    })
    const where = this.look.axis === 'seconds' ? `${short(x)} s` : `${this.look.axis} ${count(Math.max(1, Math.floor(x)))}`
    this.readout.append(element('span', {}, where), ...shown.flatMap((value, i) => {
      if (value === null) return []
      const entry = element('span', {}, `${this.titles[i]} ${loss(value)}`)
      entry.style.color = `var(--t${i % 6})`
      return [entry]
    }))
  }
}

/**
 * Round numbers on an axis.
 * @param {number} low
 * @param {number} high
 * @param {'log' | 'linear'} kind
 * @param {number} most
 */
export function ticks(low, high, kind, most) {
  if (kind === 'log') {
    const decades = Math.log10(high / low)
    const within = decades >= 3.2 ? [1] : decades > most / 3 ? [1, 3] : [1, 2, 3, 5]
    const every = Math.max(1, Math.ceil(decades / most))
    const found = []
    for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++) {
      if (power % every) continue
      for (const digit of within) {
        const value = Number(`${digit}e${power}`)
        if (value >= low * 0.999 && value <= high * 1.001) found.push(value)
      }
    }
    return found
  }
  const raw = (high - low) / most
  const power = 10 ** Math.floor(Math.log10(raw))
  const step = power * ([1, 2, 5, 10].find((digit) => digit * power >= raw) ?? 10)
  return Array.from({ length: Math.floor(high / step + 1e-9) + 1 }, (_, i) => Number((i * step).toPrecision(12)))
}

/** @param {any} _ @param {number[]} splits */
const same = (_, splits) => splits
