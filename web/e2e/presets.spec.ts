import { Log } from './log'
import { expect, test } from './test'

/** What the picker says below a preset: the range in days, and exactly. */
type Said = Readonly<Record<string, readonly [days: string, exact: string]>>

interface Morning {
  readonly zone: string
  /** What the clock says, in UTC. */
  readonly now: string
  readonly says: Said
}

/** Worked out by hand; a day, a week and a year that end elsewhere than in UTC, and days of 23 and of 25 hours. */
const MORNINGS: readonly Morning[] = [
  {
    zone: 'UTC',
    now: '2025-03-01T00:00:30Z',
    says: {
      Today: ['1 Mar 2025', '2025-03-01 00:00 – 2025-03-01 24:00 · UTC'],
      Yesterday: ['28 Feb 2025', '2025-02-28 00:00 – 2025-02-28 24:00 · UTC'],
      'This Week': ['24 Feb 2025 – 2 Mar 2025', '2025-02-24 00:00 – 2025-03-02 24:00 · UTC'],
      'This Month': ['1 Mar 2025 – 31 Mar 2025', '2025-03-01 00:00 – 2025-03-31 24:00 · UTC'],
      'Last Month': ['1 Feb 2025 – 28 Feb 2025', '2025-02-01 00:00 – 2025-02-28 24:00 · UTC'],
      'Last 30 Days': ['31 Jan 2025 – 1 Mar 2025', '2025-01-31 00:00 – 2025-03-01 24:00 · UTC'],
      'Last 90 Days': ['2 Dec 2024 – 1 Mar 2025', '2024-12-02 00:00 – 2025-03-01 24:00 · UTC'],
      'This Year': ['1 Jan 2025 – 31 Dec 2025', '2025-01-01 00:00 – 2025-12-31 24:00 · UTC'],
      'Last Year': ['1 Jan 2024 – 31 Dec 2024', '2024-01-01 00:00 – 2024-12-31 24:00 · UTC'],
    },
  },
  {
    // Still the last evening of 2024 there.
    zone: 'America/St_Johns',
    now: '2025-01-01T03:15:00Z',
    says: {
      Today: ['31 Dec 2024', '2024-12-31 00:00 – 2024-12-31 24:00 · St Johns (GMT-3:30)'],
      Yesterday: ['30 Dec 2024', '2024-12-30 00:00 – 2024-12-30 24:00 · St Johns (GMT-3:30)'],
      'This Month': [
        '1 Dec 2024 – 31 Dec 2024',
        '2024-12-01 00:00 – 2024-12-31 24:00 · St Johns (GMT-3:30)',
      ],
      'Last 30 Days': [
        '2 Dec 2024 – 31 Dec 2024',
        '2024-12-02 00:00 – 2024-12-31 24:00 · St Johns (GMT-3:30)',
      ],
      'This Year': [
        '1 Jan 2024 – 31 Dec 2024',
        '2024-01-01 00:00 – 2024-12-31 24:00 · St Johns (GMT-3:30)',
      ],
      'Last Year': [
        '1 Jan 2023 – 31 Dec 2023',
        '2023-01-01 00:00 – 2023-12-31 24:00 · St Johns (GMT-3:30)',
      ],
    },
  },
  {
    // Already Monday there, and a new week.
    zone: 'Pacific/Apia',
    now: '2025-06-01T11:30:00Z',
    says: {
      Today: ['2 Jun 2025', '2025-06-02 00:00 – 2025-06-02 24:00 · Apia (GMT+13)'],
      Yesterday: ['1 Jun 2025', '2025-06-01 00:00 – 2025-06-01 24:00 · Apia (GMT+13)'],
      'This Week': [
        '2 Jun 2025 – 8 Jun 2025',
        '2025-06-02 00:00 – 2025-06-08 24:00 · Apia (GMT+13)',
      ],
      'Last Month': [
        '1 May 2025 – 31 May 2025',
        '2025-05-01 00:00 – 2025-05-31 24:00 · Apia (GMT+13)',
      ],
      'Last 90 Days': [
        '5 Mar 2025 – 2 Jun 2025',
        '2025-03-05 00:00 – 2025-06-02 24:00 · Apia (GMT+13)',
      ],
    },
  },
  {
    // The Sunday of 25 hours on which summer time ends.
    zone: 'Europe/Berlin',
    now: '2025-10-26T12:00:00Z',
    says: {
      Today: ['26 Oct 2025', '2025-10-26 00:00 – 2025-10-26 24:00 · Berlin (GMT+1)'],
      Yesterday: ['25 Oct 2025', '2025-10-25 00:00 – 2025-10-25 24:00 · Berlin (GMT+2)'],
      'This Week': [
        '20 Oct 2025 – 26 Oct 2025',
        '2025-10-20 00:00 – 2025-10-26 24:00 · Berlin (GMT+1)',
      ],
    },
  },
]

for (const { zone, now, says } of MORNINGS) {
  test.describe(zone, () => {
    test.use({ timezoneId: zone, locale: 'en-GB' })

    test(`19: presets at ${now} in ${zone}`, async ({ page }) => {
      await page.clock.setFixedTime(new Date(now))
      const log = new Log(page)
      await log.open()
      const picker = await log.openTime()
      for (const [preset, [days, exact]] of Object.entries(says)) {
        await picker.preset(preset).check()
        await expect(picker.footer, preset).toHaveText(`${days}${exact}`)
      }
    })
  })
}

test.describe('where the week begins on Sunday', () => {
  test.use({ locale: 'en-US' })

  test('19: This Week begins where the language of the browser says', async ({ page }) => {
    await page.clock.setFixedTime(new Date('2025-11-21T10:30:00Z'))
    const log = new Log(page)
    const asked = page.waitForRequest(/events\/search/)
    await log.open({ t: 'week' })
    expect((await asked).postDataJSON()).toMatchObject({ range: 'this_week', week_start: 'sun' })
    const picker = await log.openTime()
    await expect(picker.footer).toContainText('16 Nov 2025 – 22 Nov 2025')
    await expect(picker.dialog.getByRole('columnheader').first()).toHaveText('Su')
  })
})
