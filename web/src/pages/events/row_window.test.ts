import { describe, expect, it } from 'vitest'
import { rowsInSight, scrollToRow } from './row_window'

describe('rows in sight', () => {
  it('are those between the edges, and eight beyond', () => {
    expect(rowsInSight(4000, 800, 40, 1000)).toEqual({ first: 92, end: 128 })
  })

  it('stay inside the list', () => {
    expect(rowsInSight(0, 800, 40, 1000)).toEqual({ first: 0, end: 28 })
    expect(rowsInSight(39_200, 800, 40, 1000)).toEqual({ first: 972, end: 1000 })
    expect(rowsInSight(0, 800, 40, 3)).toEqual({ first: 0, end: 3 })
    expect(rowsInSight(0, 800, 40, 0)).toEqual({ first: 0, end: 0 })
    expect(rowsInSight(8_000, 800, 40, 3)).toEqual({ first: 2, end: 3 })
  })
})

describe('scrolling to a row', () => {
  const sight = { top: 400, height: 433, head: 33 }

  it('does nothing while the row is in sight', () => {
    expect(scrollToRow(10, 40, sight)).toBeNull()
    expect(scrollToRow(19, 40, sight)).toBeNull()
  })

  it('goes no further than it must', () => {
    expect(scrollToRow(9, 40, sight)).toBe(360)
    expect(scrollToRow(20, 40, sight)).toBe(440)
  })
})
