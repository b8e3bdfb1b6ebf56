import { command } from '../../declare/command.ts';
import { flag } from '../../declare/option.ts';
import { completed, followJob } from '../../daemon/follow.ts';
import { count } from '../../format/number.ts';
import { formatSize } from '../../format/size.ts';
import type { Output } from '../../output/output.ts';
import { jobProgress } from '../../progress/job-line.ts';
import type { Sd } from '../../sd.ts';
import { painter, shownName } from '../../shared/entries.ts';
import { DUPLICATE_FILTERS, duplicateParams } from '../../shared/duplicate-params.ts';
import { PAGING, pages } from '../../shared/paging.ts';
import { PRIVATE, leftOutLine, remarkLeftOut } from '../../shared/private.ts';
import type { DuplicateGroup, DuplicatesAnswer } from '../../wire.ts';

const DEFAULT_LIMIT = 20;

export const dup = command({
  name: 'dup',
  summary: 'Show files that are the same, and what removing copies would free',
  details: [
    'Candidates have the same size and the same sampled hash. --verify reads them whole and keeps only those that really are the same; nothing is ever removed by this command.',
    'Only locations of the mode "content" are compared.',
  ],
  arguments: {},
  options: {
    verify: flag('read the candidates whole and compare them first'),
    verified: flag('only what was compared whole'),
    ...DUPLICATE_FILTERS,
    ...PRIVATE,
    ...PAGING,
  },
  examples: [
    ['sd dup', 'where the most room can be won'],
    ['sd dup --verify --larger 100MB', 'large ones, compared byte for byte'],
  ],
  calls: ['query:content.duplicates', 'action:content.verify_duplicates'],
  async run(sd, _args, { verify, verified, private: all, limit, cursor, ...filters }) {
    const wanted = duplicateParams(filters);
    if (verify) {
      const { within: _, ...everywhere } = wanted;
      const stop = await verifyFirst(sd, everywhere);
      if (stop) return;
    }
    const params = { ...wanted, private: all, ...(verified ? { verified } : {}) };
    let last: DuplicatesAnswer | undefined;
    for await (const page of pages<DuplicatesAnswer>(sd, 'query:content.duplicates', params, {
      limit: limit ?? DEFAULT_LIMIT,
      cursor,
      size: (one) => one.groups.length,
    })) {
      if (sd.out.json) return sd.out.printJson(page);
      for (const group of page.groups) await sd.out.print(...groupLines(group, sd.out), '');
      last = page;
    }
    if (!last) return;
    remarkLeftOut(sd, last.private_left_out);
    const { groups, reclaimable_bytes: bytes } = last.total;
    if (groups === 0)
      return sd.out.remark(verified ? 'nothing was compared whole yet; sd dup --verify does' : 'no duplicates');
    await sd.out.print(
      `${count(groups, 'group')}; removing copies would free ${sd.out.colors.bold(formatSize(bytes))}`,
    );
    if (!verified && last.groups.some((group) => group.verified !== 'verified'))
      sd.out.remark(
        sd.out.errorColors.dim('Candidates agree in size and samples; sd dup --verify compares them whole.'),
      );
  },
});

/** True where there is nothing more to print. */
async function verifyFirst(sd: Sd, input: Readonly<Record<string, unknown>>): Promise<boolean> {
  const daemon = await sd.daemon();
  if (sd.globals.dryRun) {
    const { act } = await import('../../daemon/act.ts');
    await act(sd, { action: 'content.verify_duplicates', input });
    return true;
  }
  const { result } = await daemon.call('action:content.verify_duplicates', input);
  const progress = jobProgress(sd.out);
  const job = await followJob(sd, result.job, progress.show).finally(progress.end);
  completed(job, {
    whatStays: 'Stopped. What was compared so far stays.',
    wayOut: 'sd dup --verify goes on with the rest',
  });
  return false;
}

const STATES: Readonly<Record<DuplicateGroup['verified'], string>> = {
  candidate: 'candidates',
  partly: 'compared in part',
  verified: 'the same, compared whole',
};

function groupLines(group: DuplicateGroup, out: Output): string[] {
  const { bold, dim, green, yellow } = out.colors;
  const state = group.verified === 'verified' ? green(STATES.verified) : yellow(STATES[group.verified]);
  const left = leftOutLine(group.private_left_out);
  const more = group.entries_total - group.entries.length;
  return [
    `${bold(formatSize(group.reclaimable_bytes))} to free: ${count(group.count, 'file')} of ${formatSize(group.size)}, ${state}`,
    ...group.entries.map((entry) => `  ${painter(entry, out)(shownName(entry, true))}`),
    ...(left === '' ? [] : [dim(`  ${left}`)]),
    ...(more > 0 ? [dim(`  and ${more} more: sd info content://${group.content_id}`)] : []),
  ];
}
