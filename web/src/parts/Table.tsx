import type { ReactNode } from 'react'
import styles from './Table.module.css'

/** One column of a table. */
export interface TableColumn<Row> {
  readonly key: string
  readonly title: string
  readonly cell: (row: Row) => ReactNode
  readonly numeric?: boolean
  /** For columns of buttons: the title is only read out. */
  readonly quietTitle?: boolean
  /** The column that names the row; the first one when none says so. */
  readonly isName?: boolean
}

interface TableProps<Row> {
  /** What the table holds, for screen readers. */
  caption: string
  columns: readonly TableColumn<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  /** True for rows that matter less, such as what has ended. */
  faded?: (row: Row) => boolean
}

/** A table; one of its columns names the row. On narrow screens each row becomes a block of labelled lines. */
export function Table<Row>({ caption, columns, rows, rowKey, faded }: TableProps<Row>) {
  const nameAt = Math.max(
    0,
    columns.findIndex(({ isName }) => isName),
  )
  return (
    <table className={styles.table}>
      <caption className="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          {columns.map(({ key, title, numeric, quietTitle }) => (
            <th key={key} scope="col" data-numeric={numeric}>
              <span className={quietTitle ? 'visually-hidden' : undefined}>{title}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={rowKey(row)} data-faded={faded?.(row)}>
            {columns.map((column, at) => (
              <Cell key={column.key} column={column} row={row} isName={at === nameAt} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface CellProps<Row> {
  column: TableColumn<Row>
  row: Row
  isName: boolean
}

function Cell<Row>({ column, row, isName }: CellProps<Row>) {
  const content = column.cell(row)
  if (isName) {
    return (
      <th scope="row" className={styles.name}>
        {content}
      </th>
    )
  }
  return (
    <td data-label={column.quietTitle ? undefined : column.title} data-numeric={column.numeric}>
      <div>{content}</div>
    </td>
  )
}
