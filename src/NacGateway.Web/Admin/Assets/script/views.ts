// Which of the saved views is shown: the list changes without a new page, and so does its name.
import { all } from './dom';
import { onSwapped } from './swap';

/** Where in a list somebody is, which is no part of a view: as the gateway says it. */
const places = ['cursor', 'page', 'after', 'before', 'all'];

/** The same text for two addresses of one list. */
function keyOf(search: string): string {
  const values = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(search)) {
    const key = name.toLowerCase();
    if (!places.includes(key)) values.set(key, [...(values.get(key) ?? []), ...value.split(',').map(part => part.trim()).filter(part => part !== '')]);
  }
  return JSON.stringify([...values].filter(([, list]) => list.length > 0).map(([key, list]) => [key, list.sort()] as const).sort((a, b) => a[0] < b[0] ? -1 : 1));
}

function mark(): void {
  const here = keyOf(location.search);
  for (const link of all<HTMLAnchorElement>('a[data-view]')) {
    if (keyOf(new URL(link.href).search) === here) link.setAttribute('aria-current', 'true');
    else link.removeAttribute('aria-current');
  }
}

export function startViews(): void {
  onSwapped(mark);
}
