import { SdError, toPlainError } from '../errors.ts';
import type { ThreadPlatform } from '../platform.ts';
import type { Media } from '../ports/media.ts';
import type { WorkerPort } from '../ports/workers.ts';
import type { MediaAnswer, MediaTask } from './media-protocol.ts';

/** A process that looks into files, one after the other. What a file does to it, it does to nobody else. */
export function mediaRole(platform: ThreadPlatform, port: WorkerPort): void {
  let media: Promise<Media> | undefined;
  const answer = async (task: MediaTask): Promise<MediaAnswer> => {
    media ??= platform.media?.();
    if (!media) throw new SdError('UNAVAILABLE', 'nothing here can look into files');
    const { read, tools } = await media;
    if (task.type === 'tools') return { type: 'tools', tools: await tools() };
    return { type: 'read', outcome: await read(task.request) };
  };
  port.onMessage((message) => {
    answer(message as MediaTask).then(
      (answered) => port.post(answered),
      (error: unknown) => port.post({ type: 'failed', error: toPlainError(error) } satisfies MediaAnswer),
    );
  });
}
