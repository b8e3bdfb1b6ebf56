import { formatDuration } from '../format/duration.ts';
import { count, formatNumber } from '../format/number.ts';
import { formatSize } from '../format/size.ts';
import { printable } from '../format/text.ts';
import type { Output } from './output.ts';
import { facts } from './table.ts';
import type { CoreStatus } from '../wire.ts';

/** What runs, in a few lines. */
export function statusLines(status: CoreStatus, out: Output): string[] {
  const { bold, dim, green, red, yellow } = out.colors;
  const host = status.host ?? {};
  const memory = number(host['rss_bytes'] ?? host['rss']);
  const pid = number(host['pid']);
  const { running, queued, paused } = status.jobs;
  const { setting, effective, reason } = status.performance;
  const jobs = [
    running > 0 ? `${running} running` : '',
    queued > 0 ? `${queued} waiting` : '',
    paused > 0 ? `${paused} paused` : '',
  ].filter((part) => part !== '');
  const lines = [
    `${green('●')} ${bold('The daemon runs')} ${dim(`${status.version}, for ${formatDuration(status.uptime_ms)}${pid === undefined ? '' : `, process ${pid}`}`)}`,
    ...facts(
      [
        ['Device', `${printable(status.device.name)} (${status.device.slug})`],
        ['Memory', memory === undefined ? undefined : formatSize(memory)],
        ['Clients', formatNumber(status.sessions)],
        ['Jobs', jobs.length > 0 ? jobs.join(', ') : 'none'],
        ['Performance', effective === setting ? setting : `${effective}, ${reason}; set to ${setting}`],
      ],
      dim,
    ).map((line) => `  ${line}`),
  ];
  for (const library of status.libraries) {
    const paint = library.state === 'open' ? green : yellow;
    const locations = library.locations === undefined ? '' : `, ${count(library.locations, 'location')}`;
    lines.push(
      `  ${dim('Library')}  ${printable(library.name)}: ${paint(library.state.replaceAll('_', ' '))}${locations}`,
    );
  }
  if (status.libraries.length === 0) lines.push(`  ${dim('Library')}  none yet: sd setup FOLDER`);
  for (const service of status.services) {
    if (service.state !== 'running')
      lines.push(
        `  ${red(`${service.name}: ${service.state}`)}${service.detail ? ` ${printable(service.detail)}` : ''}`,
      );
  }
  return lines;
}

function number(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
