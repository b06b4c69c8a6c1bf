/**
 * Sums over the days of a repeating week with exceptions: how much lies before a day, and on which day a
 * sum is reached. Both in O(log n) of the number of exceptions, for days as far away as numbers go.
 *
 * Days are numbered from 1970-01-01; a week starts on Monday.
 */

/** What each day weighs: the week's weights, and the days that weigh something else. */
export interface Prefix {
  /** Sums of the weights from Monday before each day of the week, and of the whole week at the end: 8 numbers. */
  readonly sums: ReadonlyArray<number>
  /** Days that differ from the week, ascending. */
  readonly days: ReadonlyArray<number>
  /** How far the sum has moved away from the week's before each of `days`, and after the last. */
  readonly shifts: ReadonlyArray<number>
}

/** 1969-12-29, the Monday before day 0. */
const monday = -3

export const make = (
  week: ReadonlyArray<number>,
  exceptions: Iterable<readonly [day: number, weight: number]>
): Prefix => {
  const sums = [0]
  for (const weight of week) sums.push(sums.at(-1)! + weight)
  const days: Array<number> = []
  const shifts = [0]
  for (const [day, weight] of [...exceptions].toSorted((a, b) => a[0] - b[0])) {
    const usual = week[weekday(day)]!
    if (weight === usual) continue
    days.push(day)
    shifts.push(shifts.at(-1)! + weight - usual)
  }
  return { sums, days, shifts }
}

/** Sum of the days before this one, counted from a fixed Monday; negative before it. */
export const before = (self: Prefix, day: number): number =>
  usualBefore(self, day) + self.shifts[firstNotBefore(self.days, day)]!

/**
 * The first day by whose end the sum is reached. The week must weigh something, else there is none.
 */
export const reaching = (self: Prefix, sum: number): number => {
  let low = 0
  let high = self.days.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (before(self, self.days[middle]! + 1) >= sum) high = middle
    else low = middle + 1
  }
  const rest = sum - self.shifts[low]!
  const weekSum = self.sums[7]!
  const weeks = Math.ceil(rest / weekSum) - 1
  let day = 0
  while (weeks * weekSum + self.sums[day + 1]! < rest) day++
  const usual = weeks * 7 + day + monday
  return low < self.days.length ? Math.min(usual, self.days[low]!) : usual
}

const weekday = (day: number) => (((day - monday) % 7) + 7) % 7

const usualBefore = (self: Prefix, day: number) =>
  Math.floor((day - monday) / 7) * self.sums[7]! + self.sums[weekday(day)]!

const firstNotBefore = (days: ReadonlyArray<number>, day: number) => {
  let low = 0
  let high = days.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (days[middle]! < day) low = middle + 1
    else high = middle
  }
  return low
}
