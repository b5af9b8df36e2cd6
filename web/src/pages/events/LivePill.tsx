import { IconArrowUp } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import styles from './LivePill.module.css'

/** Screen readers are told at most so often. */
const TOLD_EVERY_MS = 10_000

/** "12 new events": what came while the reader was in the middle of something. */
export function LivePill({ waiting, onShow }: { waiting: number; onShow: () => void }) {
  const t = useTranslations('live')
  const [told, setTold] = useState('')
  const latest = useRef(waiting)
  latest.current = waiting
  const isWaiting = waiting > 0
  useEffect(() => {
    if (!isWaiting) return setTold('')
    const tell = () => setTold(t('waiting', { count: latest.current }))
    tell()
    const timer = setInterval(tell, TOLD_EVERY_MS)
    return () => clearInterval(timer)
  }, [isWaiting, t])
  return (
    <>
      <span role="status" className="visually-hidden">
        {told}
      </span>
      {isWaiting && (
        <button type="button" className={styles.pill} onClick={onShow}>
          <IconArrowUp size={14} aria-hidden />
          {t('waiting', { count: waiting })}
        </button>
      )}
    </>
  )
}
