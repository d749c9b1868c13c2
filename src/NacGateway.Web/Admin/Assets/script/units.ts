// Values of plots as text, as the pages write them.

const scaled = (value: number, units: string[]): string => {
  let unit = 0;
  while (Math.abs(value) >= (unit === 0 ? 1000 : 999.95) && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${value.toFixed(unit === 0 ? 0 : unit >= 3 ? 2 : 1)} ${units[unit]}`;
};

const plain = (value: number): string => value.toLocaleString('en', { maximumFractionDigits: 2 });

export function unitText(value: number | null | undefined, unit: string): string {
  if (value === null || value === undefined) return '-';
  switch (unit) {
    case 'b/s': return scaled(value, ['b/s', 'kb/s', 'Mb/s', 'Gb/s', 'Tb/s']);
    case 'B': return scaled(value, ['B', 'kB', 'MB', 'GB', 'TB', 'PB']);
    case '%': return `${(value * 100).toFixed(1)}%`;
    case '': return plain(value);
    default: return `${plain(value)} ${unit}`;
  }
}

/** The same, shorter, for the axis. */
export const axisText = (value: number, unit: string): string => unit === '%' ? `${+(value * 100).toFixed(1)}%` : unitText(value, unit).replace(/\.0+(?= )/, '').replace(/(\.\d*?)0+(?= )/, '$1');
