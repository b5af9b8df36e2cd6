import type { Scene } from './scenes'

export const THEMES = ['light', 'dark'] as const
export const WIDTHS = [1440, 1024, 390] as const

/** A scene in a theme and a width. */
export interface Look {
  readonly scene: Scene
  readonly theme: (typeof THEMES)[number]
  readonly width: (typeof WIDTHS)[number]
}

/** Every scene in every theme and width. */
export function everyLook(scenes: readonly Scene[]): readonly Look[] {
  return scenes.flatMap((scene) =>
    THEMES.flatMap((theme) => WIDTHS.map((width) => ({ scene, theme, width }))),
  )
}

/**
 * As few of all looks as show every scene once, every screen and every kind of state in both themes and all widths,
 * and every theme in every width. Greedy, and the same in every run.
 */
export function pairwiseLooks(scenes: readonly Scene[]): readonly Look[] {
  const left = [...everyLook(scenes)]
  const missing = new Set(left.flatMap(pairsOf))
  const chosen: Look[] = []
  while (missing.size > 0) {
    const [best] = left
      .map((look) => ({ look, gain: pairsOf(look).filter((pair) => missing.has(pair)).length }))
      .sort((one, other) => other.gain - one.gain)
    if (best === undefined) break
    chosen.push(best.look)
    left.splice(left.indexOf(best.look), 1)
    for (const pair of pairsOf(best.look)) missing.delete(pair)
  }
  return chosen
}

function pairsOf({ scene, theme, width }: Look): readonly string[] {
  const { screen, kind, name } = scene
  return [
    `scene ${screen}/${name}`,
    `${screen} ${theme}`,
    `${screen} ${width}`,
    `${kind} ${theme}`,
    `${kind} ${width}`,
    `${theme} ${width}`,
  ]
}
