import { command } from '../../declare/command.ts';
import { EXIT, asCliError } from '../../errors.ts';
import { count } from '../../format/number.ts';
import { printable } from '../../format/text.ts';
import type { Sd } from '../../sd.ts';
import { fromOutside } from '../../setup/outside.ts';
import type { DoctorFinding } from '../../wire.ts';
import { CLI_VERSION } from '../../version.ts';

export const doctor = command({
  name: 'doctor',
  summary: 'Look at what tends to go wrong, and say what to do',
  details: [
    'Looks at databases, keys, permissions, backups, the clock, disk space, locations, watches, sidecars, jobs and the daemon itself. Changes nothing. Exits with 1 where there is a problem; a warning is none.',
    'Does not start the daemon: without one it looks at what can be seen from outside.',
  ],
  arguments: {},
  options: {},
  examples: [],
  calls: ['query:core.doctor'],
  async run(sd) {
    const findings = await look(sd);
    const ok = findings.every(({ state }) => state !== 'problem');
    if (sd.out.json) await sd.out.printJson({ ok, findings });
    else await sd.out.print(...findings.flatMap((finding) => lines(finding, sd)), '', summary(findings));
    return ok ? EXIT.OK[0] : EXIT.FAILED[0];
  },
});

async function look(sd: Sd): Promise<DoctorFinding[]> {
  try {
    const daemon = await sd.daemon({ start: false });
    const { version } = await daemon.handshake;
    const { findings } = await daemon.call('query:core.doctor');
    return [sameVersion(version), ...findings];
  } catch (error) {
    const { exit, message } = asCliError(error);
    if (exit !== 'UNREACHABLE') throw error;
    return fromOutside(sd.dataFolder, message);
  }
}

function sameVersion(daemon: string): DoctorFinding {
  if (daemon === CLI_VERSION) return { check: 'version', state: 'ok', seen: `${CLI_VERSION}, sd and the daemon` };
  return {
    check: 'version',
    state: 'warning',
    seen: `sd is ${CLI_VERSION}, the daemon that runs ${daemon}`,
    way_out: 'sd restart',
  };
}

function lines({ check, state, seen, way_out }: DoctorFinding, { out }: Sd): string[] {
  const { bold, dim, green, red, yellow } = out.colors;
  const mark = state === 'ok' ? green('✓') : state === 'warning' ? yellow('!') : red('✗');
  const shown = state === 'ok' ? dim(printable(seen)) : printable(seen);
  return [`${mark} ${bold(printable(check))}  ${shown}`, ...(way_out ? [`  → ${printable(way_out)}`] : [])];
}

function summary(findings: readonly DoctorFinding[]): string {
  const said = (['problem', 'warning'] as const)
    .map((state) => [state, findings.filter((finding) => finding.state === state).length] as const)
    .filter(([, number]) => number > 0)
    .map(([state, number]) => count(number, state));
  return said.length > 0 ? `${said.join(', ')}.` : 'All is well.';
}
