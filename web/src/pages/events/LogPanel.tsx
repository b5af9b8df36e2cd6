import { DETAILS_TITLE_ID, DetailsPanel } from './details/DetailsPanel'
import { PanelFrame } from './PanelFrame'
import type { Log } from './use_log'

/** The details of the event that the URL names, beside the list. */
export function LogPanel({ log, id }: { log: Log; id: string }) {
  return (
    <PanelFrame labelledBy={DETAILS_TITLE_ID} onClose={log.close}>
      <DetailsPanel
        account={log.account}
        eventId={id}
        known={log.known?.id === id ? log.known : undefined}
        zone={log.context.zone}
        onClose={log.close}
        onNext={log.step(1)}
        onPrevious={log.step(-1)}
        onOpen={log.openId}
        onOnly={log.onOnly}
        onExclude={log.onExclude}
      />
    </PanelFrame>
  )
}
