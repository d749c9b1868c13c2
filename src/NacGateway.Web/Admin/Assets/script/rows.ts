// Long pages of rows: only those in sight are in the document. Rows that are out of it are kept here, and are found, chosen and changed
// like the others. A row that has the focus stays in the document wherever it is scrolled to.
import { all, by, make, one } from './dom';
import { onEnhance } from './enhance';

const spare = 12;
const tables = new Map<HTMLElement, VirtualTable>();

class VirtualTable {
  readonly rows: HTMLTableRowElement[];
  private readonly height: number;
  private asked = false;

  constructor(private readonly box: HTMLElement, private readonly table: HTMLTableElement, private readonly body: HTMLTableSectionElement) {
    this.rows = [...body.rows];
    this.rows.forEach((row, i) => row.setAttribute('aria-rowindex', String(i + 2)));
    this.height = (this.rows[0]?.getBoundingClientRect().height ?? 0) || 36;
    this.fixColumns();
    this.draw();
    box.addEventListener('scroll', () => this.ask(), { passive: true });
    box.addEventListener('focusin', () => this.ask());
    new ResizeObserver(() => this.ask()).observe(box);
  }

  find(id: string): HTMLTableRowElement | undefined {
    return this.rows.find(row => row.dataset['row'] === id);
  }

  /** Brings a row into the document and into sight. */
  reveal(row: HTMLTableRowElement): void {
    const top = this.rows.indexOf(row) * this.height;
    const head = this.table.tHead?.offsetHeight ?? 0;
    if (top < this.box.scrollTop) this.box.scrollTop = top;
    else if (top + this.height > this.box.scrollTop + this.box.clientHeight - head) this.box.scrollTop = top + this.height - this.box.clientHeight + head;
    this.draw();
  }

  /** All rows at once, for paper. */
  drawAll(): void {
    this.body.replaceChildren(...this.rows);
  }

  draw(): void {
    const first = Math.max(0, Math.floor(this.box.scrollTop / this.height) - spare);
    const last = Math.min(this.rows.length - 1, Math.ceil((this.box.scrollTop + this.box.clientHeight) / this.height) + spare);
    const wanted = new Set<number>();
    for (let i = first; i <= last; i++) wanted.add(i);
    const focused = document.activeElement?.closest('tr');
    const kept = focused instanceof HTMLTableRowElement ? this.rows.indexOf(focused) : -1;
    if (kept >= 0) wanted.add(kept);
    const order = [...wanted].sort((a, b) => a - b);

    // Rows that stay are not moved: moving the one with the focus would take the focus from it.
    const keep = new Set<Node>(order.map(i => this.rows[i] as Node));
    for (const child of [...this.body.children]) if (!keep.has(child)) child.remove();
    let at: Element | null = this.body.firstElementChild;
    let next = 0;
    for (const i of order) {
      if (i > next) this.body.insertBefore(this.gap(i - next), at);
      const row = this.rows[i] as HTMLTableRowElement;
      if (at === row) at = row.nextElementSibling;
      else this.body.insertBefore(row, at);
      next = i + 1;
    }
    if (next < this.rows.length) this.body.append(this.gap(this.rows.length - next));
  }

  private ask(): void {
    if (this.asked) return;
    this.asked = true;
    requestAnimationFrame(() => {
      this.asked = false;
      this.draw();
    });
  }

  private gap(rows: number): HTMLTableRowElement {
    const cell = make('td', { colspan: '100' });
    cell.style.height = `${rows * this.height}px`;
    return make('tr', { class: 'spacer', 'aria-hidden': 'true' }, cell);
  }

  /** Columns keep the width that all rows together gave them; otherwise each scroll would change it. */
  private fixColumns(): void {
    const heads = [...this.table.tHead?.rows[0]?.cells ?? []];
    const widths = heads.map(head => head.getBoundingClientRect().width);
    const columns = make('colgroup');
    for (const width of widths) {
      const column = make('col');
      column.style.width = `${width}px`;
      columns.append(column);
    }
    this.table.querySelector('colgroup')?.remove();
    this.table.insertBefore(columns, this.table.tHead);
    this.table.style.tableLayout = 'fixed';
    this.table.style.minWidth = `${widths.reduce((sum, width) => sum + width, 0)}px`;
  }
}

const tableOf = (box: HTMLElement | null): VirtualTable | undefined => box ? tables.get(box) : undefined;

/** All rows of a table, those out of the document too. */
export function rowsOf(table: HTMLElement): HTMLTableRowElement[] {
  return tableOf(table.closest<HTMLElement>('.table-box'))?.rows ?? all<HTMLTableRowElement>('[data-rows] > tr[data-row]', table);
}

/** Every element that shows the thing with this id. */
export function findRows(id: string): HTMLElement[] {
  const found = all(by('data-row', id));
  for (const table of tables.values()) {
    const row = table.find(id);
    if (row && !row.isConnected) found.push(row);
  }
  return found;
}

/** Makes sure that a row is in the document and in sight. */
export function reveal(row: HTMLElement): void {
  const table = [...tables.values()].find(one => one.rows.includes(row as HTMLTableRowElement));
  if (table) table.reveal(row as HTMLTableRowElement);
  else row.scrollIntoView({ block: 'nearest' });
}

/** Tables that fit their box need none to scroll in: their head sticks to the window then. */
const fits = new ResizeObserver(entries => {
  for (const { target } of entries) {
    const box = target as HTMLElement;
    const table = one('table', box);
    if (!table || box.hasAttribute('data-virtual')) continue;
    const fit = table.offsetWidth <= box.clientWidth;
    box.toggleAttribute('data-fits', fit);
    if (fit) box.removeAttribute('tabindex');
    else box.tabIndex = 0;
  }
});

export function startRows(): void {
  onEnhance(root => {
    for (const box of tables.keys()) if (!box.isConnected) tables.delete(box);
    for (const box of all('.table-box', root)) {
      const table = one<HTMLTableElement>('table', box);
      const body = table?.tBodies[0];
      if (box.hasAttribute('data-virtual') && table && body) tables.set(box, new VirtualTable(box, table, body));
      else if (!box.closest('.plot')) fits.observe(box);
    }
  });
  addEventListener('beforeprint', () => tables.forEach(table => table.drawAll()));
  addEventListener('afterprint', () => tables.forEach(table => table.draw()));
}
