// The filter bar: a facet or a pause in typing is enough, nobody needs to press a button. The focus stays where it is.
import { on } from './dom';
import { formUrl, regionsOf, swap } from './swap';

let pause: ReturnType<typeof setTimeout> | undefined;

function apply(form: HTMLFormElement, push: 'push' | 'replace'): void {
  clearTimeout(pause);
  const names = regionsOf(form.dataset['swap']);
  const url = formUrl(form);
  if (names.length > 0 && url.href !== location.href) void swap(url, names, { push, announce: true });
}

export function startFilters(): void {
  on('change', 'form[data-filter] :is(input[type=checkbox], input[type=radio], select)', field => {
    const form = (field as HTMLInputElement).form;
    if (form) apply(form, 'push');
  });
  on('input', 'form[data-filter] [data-search]', field => {
    const form = (field as HTMLInputElement).form;
    clearTimeout(pause);
    if (form) pause = setTimeout(() => { if (field.isConnected) apply(form, 'replace'); }, 400);
  });
}
