/**
 * Which commands of a batch may be planned side by side.
 *
 * Two applications that share a key by which people are found (a NIK, or a name with a birth
 * date) could be near matches of each other: the later has to see the earlier on the register.
 * It waits for a later wave. The result is that of doing them one by one.
 */

/**
 * Groups positions into waves. `keys` are those of each command; a command goes into the first
 * wave after those of all earlier commands that share a key with it.
 */
export const waves = (keys: ReadonlyArray<ReadonlyArray<string>>): ReadonlyArray<ReadonlyArray<number>> => {
  const lastWave = new Map<string, number>()
  const grouped: Array<Array<number>> = []
  keys.forEach((of, position) => {
    const wave = Math.max(0, ...of.map((key) => (lastWave.get(key) ?? -1) + 1))
    for (const key of of) lastWave.set(key, wave)
    const group = grouped[wave]
    if (group === undefined) grouped[wave] = [position]
    else group.push(position)
  })
  return grouped
}
