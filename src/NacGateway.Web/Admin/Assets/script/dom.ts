// Small things that every part of the enhancer uses. No markup is ever made from strings here; the one parser is in html.ts.

export const all = <T extends HTMLElement = HTMLElement>(selector: string, root: ParentNode = document): T[] => [...root.querySelectorAll<T>(selector)];

export const one = <T extends HTMLElement = HTMLElement>(selector: string, root: ParentNode = document): T | null => root.querySelector<T>(selector);

/** Listens once at the document for all elements that match, those of later regions too. */
export function on<K extends keyof DocumentEventMap>(
  kind: K,
  selector: string,
  handle: (element: HTMLElement, event: DocumentEventMap[K]) => void,
): void {
  document.addEventListener(kind, event => {
    const target = event.target;
    const element = target instanceof Element ? target.closest<HTMLElement>(selector) : null;
    if (element) handle(element, event);
  });
}

export type Child = Node | string | null | undefined;

/** Makes an element; attributes with null are left out. */
export function make<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Record<string, string | null> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== null) element.setAttribute(key, value);
  for (const child of children) if (child !== null && child !== undefined) element.append(child);
  return element;
}

/** Selector of one value of an attribute; ids of rows come from the server, but a quote in one must not break the page. */
export const by = (attribute: string, value: string): string => `[${attribute}="${CSS.escape(value)}"]`;

let announcer: HTMLElement | undefined;

/** Says something to a screen reader, without a change for the eye. */
export function announce(text: string): void {
  if (!announcer) {
    announcer = make('div', { class: 'visually-hidden', role: 'status', 'aria-live': 'polite', 'data-announcer': '' });
    document.body.append(announcer);
  }
  announcer.textContent = text;
}

/** Whether keys that are pressed now are text. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit', 'reset', 'range'].includes(target.type);
}

export const focusables = (root: ParentNode): HTMLElement[] =>
  all('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]', root).filter(element => !element.hasAttribute('disabled') && element.getClientRects().length > 0);
