// Plots: the still picture of the page becomes one with axes in the viewer's zone, values under the cursor and zoom. The data is read from
// the picture's own attributes.
import uPlot from 'uplot';
import { all, by, make, on, one } from './dom';
import { onEnhance } from './enhance';
import { regionsOf, swap } from './swap';
import { local, offset, write, zone } from './times';
import { axisText, unitText } from './units';

export interface Point { plot: string; at: number; values: (number | null)[] }

const dashes = [[], [5, 3], [8, 3], [2, 2], [1, 3]];
const colours = ['--accent', '--bad', '--info', '--warn', '--violet'];
const plots = new Map<HTMLElement, LivePlot>();

function colour(token: string): string {
  // The tokens are written with light-dark(): only as the colour of an element are they one of the two.
  const probe = make('span', { hidden: '' });
  probe.style.color = `var(${token})`;
  document.body.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
}

class LivePlot {
  private readonly frame: HTMLElement;
  private readonly host = make('div', { class: 'plot-live' });
  private readonly unit: string;
  private readonly step: number;
  private readonly window: number | null;
  private readonly names: string[];
  private data: (number | null)[][];
  private chart: uPlot | null = null;
  private drawn = false;

  constructor(private readonly figure: HTMLElement) {
    this.frame = one('[data-frame]', figure) as HTMLElement;
    this.unit = figure.dataset['unit'] ?? '';
    this.step = Number(figure.dataset['step'] ?? 60);
    this.window = figure.dataset['window'] ? Number(figure.dataset['window']) : null;
    this.names = all('.legend li bdi', figure).map(name => name.textContent ?? '');
    let at = 0;
    const times = (figure.dataset['times'] ?? '').split(' ').filter(text => text !== '').map(text => at += Number(text));
    const lines = all<HTMLElement>('[data-values]', figure).map(path => (path.dataset['values'] ?? '').split(' ').map(text => text === '-' || text === '' ? null : Number(text)));
    this.data = [times, ...this.names.map((_, i) => lines[i] ?? times.map(() => null))];
    if (times.length > 0 && lines.length > 0) this.draw();
    new ResizeObserver(() => this.resize()).observe(this.frame);
  }

  append(point: Point): void {
    const [times, ...lines] = this.data as [number[], ...(number | null)[][]];
    const last = times.at(-1);
    const isSame = last === point.at;
    if (last !== undefined && point.at < last) return;
    // A step that was left out is a gap, not a line across it.
    if (last !== undefined && point.at > last + this.step * 1.5) this.push(times, lines, last + this.step, []);
    if (isSame) lines.forEach((line, i) => { line[line.length - 1] = point.values[i] ?? null; });
    else this.push(times, lines, point.at, point.values);
    const oldest = this.window === null ? 0 : Date.now() / 1000 - this.window - this.step;
    let drop = 0;
    while (drop < times.length && ((times[drop] as number) < oldest || times.length - drop > 10_000)) drop++;
    if (drop > 0) [times, ...lines].forEach(list => list.splice(0, drop));
    this.redraw();
    if (!isSame) this.tableRow(point);
  }

  /** New colours, or a new size of the letters. */
  rebuild(): void {
    if (this.chart) this.draw();
  }

  private push(times: number[], lines: (number | null)[][], at: number, values: (number | null)[]): void {
    times.push(at);
    lines.forEach((line, i) => line.push(values[i] ?? null));
  }

  private redraw(): void {
    if (!this.chart) return this.draw();
    if (this.drawn) return;
    this.drawn = true;
    requestAnimationFrame(() => {
      this.drawn = false;
      this.chart?.setData(this.data as uPlot.AlignedData);
    });
  }

  private resize(): void {
    const { clientWidth: width, clientHeight: height } = this.frame;
    if (this.chart && width > 0 && (this.chart.width !== width || this.chart.height !== height)) this.chart.setSize({ width, height });
  }

  private draw(): void {
    this.chart?.destroy();
    this.host.replaceChildren();
    if (!this.frame.contains(this.host)) this.frame.replaceChildren(this.host);
    this.chart = new uPlot(this.options(), this.data as uPlot.AlignedData, this.host);
  }

  private options(): uPlot.Options {
    const text = colour('--text-2');
    const grid = { stroke: colour('--border'), width: 1 };
    const font = `12px ${getComputedStyle(document.body).fontFamily}`;
    return {
      width: Math.max(this.frame.clientWidth, 50),
      height: Math.max(this.frame.clientHeight, 50),
      padding: [8, 20, 0, 0],
      legend: { show: false },
      ...(zone === undefined ? {} : { tzDate: (at: number) => uPlot.tzDate(new Date(at * 1000), zone as string) }),
      cursor: {
        sync: { key: 'desk' },
        drag: { x: this.canZoom, y: false, setScale: false },
        points: { size: 7 },
      },
      scales: {
        x: { time: true, range: (_, low, high) => this.window === null ? (low === high ? [low - 30, high + 30] : [low, high]) : [Date.now() / 1000 - this.window, Math.max(high, Date.now() / 1000)] },
        y: { range: (_, low, high) => [Math.min(0, low ?? 0), (high ?? 0) > 0 ? (high as number) * 1.1 : 1] },
      },
      axes: [
        { stroke: text, font, grid, ticks: { ...grid, size: 4 }, size: 24, gap: 4, space: 72, values: (_, splits, __, ___, step) => splits.map((at, i) => tick(at, step, i === 0 ? undefined : splits[i - 1])) },
        { stroke: text, font, grid, ticks: { show: false }, gap: 6, space: 36, size: (_, values) => Math.max(28, ...(values ?? []).map(value => value.length * 7 + 12)), values: (_, splits) => splits.map(value => axisText(value, this.unit)) },
      ],
      series: [{}, ...this.names.map((label, i): uPlot.Series => ({
        label,
        stroke: colour(colours[i % colours.length] as string),
        width: 1.5,
        dash: dashes[i % dashes.length] as number[],
        ...(i === 0 ? { fill: colour('--accent-tint') } : {}),
        spanGaps: false,
        // A value between two gaps has no line: it is a point.
        points: { show: true, size: 5, filter: (chart, index) => alone(chart.data[index] ?? []) },
      }))],
      hooks: {
        drawAxes: [chart => this.shadeSilence(chart)],
        setCursor: [chart => this.showValues(chart)],
        setSelect: [chart => this.select(chart)],
      },
    };
  }

  private get canZoom(): boolean {
    return this.figure.hasAttribute('data-zoom');
  }

  /** From the last value to now nothing is known: a grey band, neither a line nor a zero. */
  private shadeSilence(chart: uPlot): void {
    const last = this.data[0]?.at(-1);
    const now = Date.now() / 1000;
    if (this.window === null || typeof last !== 'number' || now - last < this.step * 2.5) return;
    const from = chart.valToPos(last, 'x', true);
    const to = chart.valToPos(now, 'x', true);
    chart.ctx.save();
    chart.ctx.globalAlpha = 0.6;
    chart.ctx.fillStyle = colour('--surface-2');
    chart.ctx.fillRect(from, chart.bbox.top, to - from, chart.bbox.height);
    chart.ctx.restore();
  }

  private showValues(chart: uPlot): void {
    const at = chart.cursor.idx;
    const time = one('[data-at]', this.figure);
    const instant = at === null || at === undefined ? undefined : chart.data[0][at];
    if (time) time.textContent = instant === undefined ? '' : write(new Date(instant * 1000), 'seconds');
    for (const output of all('[data-now]', this.figure)) {
      const value = at === null || at === undefined ? undefined : chart.data[Number(output.dataset['now']) + 1]?.[at];
      output.textContent = instant === undefined ? '' : unitText(value, this.unit);
    }
  }

  private select(chart: uPlot): void {
    const { left, width } = chart.select;
    if (width < 8) return;
    chart.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    zoomTo(chart.posToVal(left, 'x'), chart.posToVal(left + width, 'x'));
  }

  /** Half of what is shown, or twice as much, around its middle. */
  zoom(by: 'in' | 'out'): void {
    const x = this.chart?.scales['x'];
    if (!x || x.min === undefined || x.max === undefined || x.min === null || x.max === null) return;
    const half = (x.max - x.min) / 2;
    const middle = (x.max + x.min) / 2;
    const reach = by === 'in' ? half / 2 : half * 2;
    const now = Date.now() / 1000;
    const to = Math.min(now, middle + reach);
    zoomTo(by === 'in' ? middle - reach : to - 2 * reach, to);
  }

  private tableRow(point: Point): void {
    const body = one<HTMLTableSectionElement>('details tbody', this.figure);
    if (!body) return;
    const at = new Date(point.at * 1000);
    body.prepend(make('tr', {},
      make('th', { scope: 'row' }, make('time', { datetime: at.toISOString(), 'data-time': 'seconds' }, write(at, 'seconds'))),
      ...this.names.map((_, i) => make('td', { class: 'num' }, unitText(point.values[i], this.unit)))));
    while (body.rows.length > 60) body.rows[body.rows.length - 1]?.remove();
  }
}

function alone(values: ArrayLike<number | null | undefined>): number[] {
  const found: number[] = [];
  for (let i = 0; i < values.length; i++) {
    const isGap = (at: number): boolean => values[at] === null || values[at] === undefined;
    if (!isGap(i) && isGap(i - 1) && isGap(i + 1)) found.push(i);
  }
  return found;
}

/** 24 hours in the viewer's zone; where the day changes, the day. */
function tick(at: number, step: number, before: number | undefined): string {
  const instant = new Date(at * 1000);
  const { day, clock, seconds } = local(instant);
  if (step >= 86_400) return day;
  const midnight = (instant.getTime() + offset(instant)) % 86_400_000 === 0;
  if (midnight && before !== undefined) return day;
  return step >= 60 ? clock : seconds;
}

function zoomTo(from: number, to: number): void {
  if (!(to - from >= 1)) return;
  const url = new URL(location.href);
  for (const key of ['range', 'page', 'after', 'before']) url.searchParams.delete(key);
  url.searchParams.set('from', new Date(from * 1000).toISOString().slice(0, 19) + 'Z');
  url.searchParams.set('to', new Date(to * 1000).toISOString().slice(0, 19) + 'Z');
  const names = regionsOf(one('[data-range] a[data-swap]')?.dataset['swap']);
  if (names.length > 0) void swap(url, names, { push: 'push', announce: true });
  else location.assign(url);
}

/** Adds a point of the live feed to its plot. */
export function append(point: Point): void {
  for (const figure of all(by('data-plot', point.plot))) plots.get(figure)?.append(point);
}

export function startPlots(): void {
  onEnhance(root => {
    for (const figure of plots.keys()) if (!figure.isConnected) plots.delete(figure);
    for (const figure of all('figure[data-plot]', root)) plots.set(figure, new LivePlot(figure));
  });
  on('click', '[data-zoom-by]', button => {
    const figure = button.closest<HTMLElement>('figure[data-plot]');
    if (figure) plots.get(figure)?.zoom(button.dataset['zoomBy'] === 'in' ? 'in' : 'out');
  });
  const rebuild = (): void => plots.forEach(plot => plot.rebuild());
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', rebuild);
  new MutationObserver(rebuild).observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
}
