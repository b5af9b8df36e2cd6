import styles from './Initials.module.css'

/** At most two letters of a name in a circle; the name itself always stands beside it. */
export function Initials({ name }: { name: string }) {
  const words = name.split(/[\s@._-]+/u).filter((word) => /\p{L}|\p{N}/u.test(word))
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined]
  return (
    <span className={styles.circle} aria-hidden>
      {letters.map((word) => [...(word ?? '')][0]?.toUpperCase() ?? '').join('')}
    </span>
  )
}
