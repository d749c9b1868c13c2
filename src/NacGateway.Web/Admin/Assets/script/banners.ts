// Bars above the page: what holds for all of it, such as a lost connection.
import { by, make, one } from './dom';

export interface Banner { look: 'info' | 'warn' | 'bad'; text: string; button?: { text: string; press: () => void }; link?: { text: string; href: string } }

export function showBanner(name: string, banner: Banner): void {
  const host = one('[data-banners]');
  if (!host) return;
  const existing = one(by('data-banner', name), host);
  if (existing && !banner.button && existing.firstElementChild?.textContent === banner.text) return;
  const bar = make('div', { class: 'banner', 'data-banner': name, 'data-look': banner.look, role: banner.look === 'info' ? 'status' : 'alert' }, make('span', {}, banner.text));
  if (banner.button) {
    const button = make('button', { type: 'button', class: 'button small' }, banner.button.text);
    button.addEventListener('click', banner.button.press);
    bar.append(button);
  }
  if (banner.link) bar.append(make('a', { class: 'button small', href: banner.link.href }, banner.link.text));
  if (existing) existing.replaceWith(bar);
  else host.append(bar);
}

/** Changes the sentence of a bar that is there already, so that a button in it keeps the focus. */
export function sayInBanner(name: string, text: string): void {
  const sentence = one(by('data-banner', name))?.firstElementChild;
  if (sentence) sentence.textContent = text;
}

export const hideBanner = (name: string): void => one(by('data-banner', name))?.remove();

/** The administrator's sign-in is over: the page stays as it is, and what was typed with it. */
export function signedOut(text = 'You are signed out. Sign in again to continue.', href?: string | null): void {
  showBanner('signed-out', {
    look: 'bad',
    text,
    link: { text: 'Sign in', href: href ?? `/sign-in?return=${encodeURIComponent(location.pathname + location.search)}` },
  });
}
