import { useTranslations } from 'use-intl'
import type { EventDetails } from '@/api/event'
import { labelOfKey } from '@/changes/field'
import { Block, Fact, FactValue } from './Fact'
import type { FieldLabels } from './labels'

/** All metadata with the labels of the catalogue, in its order; what it does not declare follows. */
export function Metadata({ event, labels }: { event: EventDetails; labels: FieldLabels }) {
  const t = useTranslations('details')
  const metadata = event.metadata ?? {}
  const declared = [...labels.keys()].filter((key) => Object.hasOwn(metadata, key))
  const others = Object.keys(metadata).filter((key) => !labels.has(key))
  if (declared.length + others.length === 0) return null
  return (
    <Block title={t('metadata')}>
      {[...declared, ...others].map((key) => {
        const label = labels.get(key) ?? labelOfKey(key)
        return (
          <Fact key={key} label={label}>
            <FactValue what={label} value={metadata[key]} column={`metadata.${key}`} />
          </Fact>
        )
      })}
    </Block>
  )
}
