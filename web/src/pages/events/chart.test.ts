import { describe, expect, it } from 'vitest'
import { barsOf, ends, movedSelection } from './chart'

const bucket = (count: number, by: Record<string, number>) => ({ from: 'a', to: 'b', count, by })

describe('bars', () => {
  it('show the failed share, and are visible even when small', () => {
    const bars = barsOf([
      bucket(1000, { success: 999, denied: 1 }),
      bucket(1, { success: 1 }),
      bucket(0, {}),
    ])
    expect(bars[0]).toMatchObject({ count: 1000, failed: 1, height: 1, failedHeight: 0.04 })
    expect(bars[1]).toMatchObject({ height: 0.04, failed: 0, failedHeight: 0 })
    expect(bars[2]).toMatchObject({ height: 0, failed: 0 })
  })

  it('all fail where nothing succeeded', () => {
    expect(barsOf([bucket(3, { error: 2, failure: 1 })])[0]).toMatchObject({
      failed: 3,
      failedHeight: 1,
    })
  })
})

describe('a selection', () => {
  it('moves with arrows and grows with Shift', () => {
    expect(movedSelection({ anchor: 2, head: 2 }, 'ArrowRight', false, 5)).toEqual({
      anchor: 3,
      head: 3,
    })
    expect(movedSelection({ anchor: 2, head: 2 }, 'ArrowLeft', true, 5)).toEqual({
      anchor: 2,
      head: 1,
    })
    expect(movedSelection({ anchor: 2, head: 4 }, 'ArrowRight', true, 5)).toEqual({
      anchor: 2,
      head: 4,
    })
    expect(movedSelection({ anchor: 2, head: 2 }, 'Home', false, 5)).toEqual({ anchor: 0, head: 0 })
    expect(movedSelection({ anchor: 2, head: 2 }, 'x', false, 5)).toBeNull()
  })

  it('has a first and a last bar whichever way it grew', () => {
    expect(ends({ anchor: 4, head: 2 })).toEqual([2, 4])
    expect(ends({ anchor: 2, head: 4 })).toEqual([2, 4])
  })
})
