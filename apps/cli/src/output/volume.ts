import { formatAgo } from '../format/date.ts';
import { formatSize } from '../format/size.ts';
import { printable } from '../format/text.ts';
import type { VolumeSpeed, VolumeView } from '../wire.ts';
import type { Output } from './output.ts';
import { facts } from './table.ts';

/** All that is known of a volume. */
export function volumeLines(volume: VolumeView, out: Output): string[] {
  const { bold, dim } = out.colors;
  const { capacity, free, medium, speed } = volume;
  const room =
    capacity === undefined
      ? undefined
      : `${formatSize(capacity)}${free === undefined ? '' : `, ${formatSize(free)} free`}`;
  const [first, ...more] = volume.mount_paths;
  return [
    bold(printable(volume.name)),
    ...facts(
      [
        ['Mounted at', first === undefined ? 'nowhere now' : printable(first)],
        ['Also at', more.length > 0 ? more.map(printable).join(', ') : undefined],
        ['Kind', [volume.kind, medium && medium !== volume.kind ? medium : ''].filter(Boolean).join(', ')],
        ['File system', [printable(volume.file_system), ...traits(volume)].join(', ')],
        ['Device', printable(volume.source)],
        ['Label', volume.label === undefined ? undefined : printable(volume.label)],
        ['Size', room],
        ['Tracked', volume.tracked ? 'yes' : 'no'],
        ['Locations', volume.locations.map(({ name }) => printable(name)).join(', ') || 'none'],
        ['Speed', speed && `${speedText(speed)}, ${formatAgo(speed.at)}`],
        ['Known by', volume.fingerprint === undefined ? unknown(volume) : printable(volume.fingerprint)],
        ['Id', volume.id],
      ],
      dim,
    ),
  ];
}

/** What a speed test measured. */
export function speedText({ write_mb_s, read_mb_s, read_direct }: VolumeSpeed): string {
  const from = read_direct ? '' : ' (perhaps from memory)';
  return `${write_mb_s} MB/s written, ${read_mb_s} MB/s read${from}`;
}

function traits({ read_only, copy_on_write, removable, network }: VolumeView): string[] {
  return [
    read_only ? 'read-only' : '',
    copy_on_write ? 'copy-on-write' : '',
    removable ? 'removable' : '',
    network ? 'over the network' : '',
  ].filter(Boolean);
}

function unknown({ clone_of }: VolumeView): string {
  return clone_of === undefined
    ? 'nothing tells it from another; tracking it gives it an id'
    : 'the same UUID as another volume that is mounted: it is taken for a copy';
}
