// Menus are <details>: here is what a person expects of them besides: Escape, a press elsewhere, and a place outside of a box that scrolls.
import { all, announce, focusables, on, one } from './dom';

function place(menu: HTMLDetailsElement): void {
  const panel = one('.menu-panel', menu);
  if (!panel || !menu.closest('.table-box')) return;
  // A panel inside a box that scrolls would be cut off by it.
  const at = menu.getBoundingClientRect();
  panel.style.position = 'fixed';
  panel.style.inset = 'auto';
  const { offsetWidth: width, offsetHeight: height } = panel;
  const end = menu.classList.contains('at-end') !== (getComputedStyle(menu).direction === 'rtl');
  panel.style.left = `${Math.min(Math.max(8, end ? at.right - width : at.left), innerWidth - width - 8)}px`;
  panel.style.top = `${at.bottom + height + 8 > innerHeight && at.top > height + 8 ? at.top - height - 4 : at.bottom + 4}px`;
}

export function closeMenus(except?: Element | null): void {
  for (const menu of all<HTMLDetailsElement>('details[data-menu][open]')) if (!except || !menu.contains(except)) menu.open = false;
}

async function copy(button: HTMLElement): Promise<void> {
  const source = one('[data-copy-source]', button.parentElement ?? document);
  if (!source) return;
  try {
    await navigator.clipboard.writeText(source.textContent ?? '');
    announce('Copied');
    const text = button.textContent;
    button.textContent = 'Copied';
    setTimeout(() => { button.textContent = text; }, 2000);
  } catch {
    // Without TLS browsers give no clipboard to pages: the text is chosen, Ctrl+C takes it.
    getSelection()?.selectAllChildren(source);
    announce('Chosen. Press Control C to copy.');
  }
}

export function startMenus(): void {
  document.addEventListener('toggle', event => {
    const menu = event.target;
    if (!(menu instanceof HTMLDetailsElement) || !menu.hasAttribute('data-menu') || !menu.open) return;
    closeMenus(menu);
    place(menu);
  }, true);
  document.addEventListener('click', event => {
    const target = event.target instanceof Element ? event.target : null;
    // What a menu offers was pressed: it has done its work. Check boxes leave it open, so that several can be chosen.
    closeMenus(target?.closest('.menu-panel :is(a, button)') ? null : target);
  });
  document.addEventListener('keydown', event => {
    if (event.key !== 'Escape' && event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const menu = document.activeElement?.closest<HTMLDetailsElement>('details[data-menu][open]');
    if (!menu) return;
    if (event.key === 'Escape') {
      menu.open = false;
      one('summary', menu)?.focus();
      event.stopPropagation();
      return;
    }
    const entries = focusables(one('.menu-panel', menu) ?? menu);
    const at = entries.indexOf(document.activeElement as HTMLElement);
    const next = entries[(at + (event.key === 'ArrowDown' ? 1 : entries.length - 1)) % entries.length] ?? entries[0];
    if (next && !(document.activeElement instanceof HTMLInputElement && document.activeElement.type === 'datetime-local')) {
      next.focus();
      event.preventDefault();
    }
  });
  addEventListener('scroll', event => {
    for (const menu of all<HTMLDetailsElement>('.table-box details[data-menu][open]')) if (event.target instanceof Node && event.target.contains(menu)) menu.open = false;
  }, { capture: true, passive: true });
  on('click', '[data-copy]', button => void copy(button));
}
