import { topPaths } from '../../db/actions/progress.ts';
import { idSource } from '../../domain/ids.ts';
import { SdError, toPlainError } from '../../errors.ts';
import { UNPACED } from '../../pace.ts';
import type { ThreadPlatform } from '../../platform.ts';
import type { Connection } from '../../ports/sqlite.ts';
import type { UserFiles } from '../../ports/user-files.ts';
import type { WorkerPort } from '../../ports/workers.ts';
import type { IndexFollower, OpenIndexFollower } from '../index-follower.ts';
import { StepPaths } from '../step-paths.ts';
import { CarryRun } from './carry-run.ts';
import { Chooser } from './chooser.ts';
import { ContentReader } from './content-reader.ts';
import { CopyTeam } from './copy-team.ts';
import { Inodes } from './inodes.ts';
import { Journal } from './journal.ts';
import { Places } from './places.ts';
import type { CarryEnd, CarryTask, FromCarrier, ToCarrier } from './protocol.ts';
import { remember } from './remembering.ts';
import { Reporter } from './reporter.ts';
import { Tally } from './tally.ts';
import { TrashCan } from './trash-can.ts';
import type { CarryWorld } from './world.ts';

export interface CarrierServices {
  readonly openFollower: OpenIndexFollower;
}

/** How many steps at the top are asked where they work: a plan has one target, and sources from here and there. */
const MOST_TOPS = 1000;

/** The thread that carries out plans of one library, one after the other. */
export function carrierRole({ openFollower }: CarrierServices) {
  return (platform: ThreadPlatform, port: WorkerPort): void => {
    const say = (message: FromCarrier): void => port.post(message);
    let opened: Promise<Carrier> | undefined;
    let turn: ((given: boolean) => void) | undefined;
    const wantTurn = (): Promise<boolean> => {
      say({ type: 'want-turn' });
      return new Promise((resolve) => (turn = resolve));
    };
    const work = (task: (carrier: Carrier) => Promise<CarryEnd>): void => {
      void (opened ?? Promise.reject(new Error('it is opened first')))
        .then(task)
        .then((end) => say({ type: 'end', end }))
        .catch((error: unknown) => say({ type: 'failed', error: toPlainError(error) }));
    };
    port.onMessage((message) => {
      const told = message as ToCarrier;
      switch (told.type) {
        case 'open':
          opened = openCarrier(platform, told, openFollower, { say, wantTurn });
          // Whoever asks for something hears of it.
          return void opened.catch(() => {});
        case 'carry-out':
          return work((carrier) => carrier.carryOut(told.task));
        case 'tidy':
          return work((carrier) => carrier.tidy(told.task));
        case 'turn':
          return turn?.(told.given);
        case 'close':
          return void (opened ?? Promise.resolve(undefined))
            .then((carrier) => carrier?.close())
            .catch(() => {})
            .finally(() => say({ type: 'closed' }));
      }
    });
  };
}

interface Port {
  say(message: FromCarrier): void;
  wantTurn(): Promise<boolean>;
}

async function openCarrier(
  platform: ThreadPlatform,
  { library, copier }: Extract<ToCarrier, { type: 'open' }>,
  openFollower: OpenIndexFollower,
  port: Port,
): Promise<Carrier> {
  const team = new CopyTeam(copier);
  let actions: Connection | undefined;
  try {
    const userFiles = await platform.userFiles?.();
    if (!userFiles) throw new SdError('UNAVAILABLE', 'files cannot be changed on this platform');
    const { sqlite } = platform;
    actions = sqlite.open({ path: library.actionsPath, key: library.key, mode: 'write', cacheKiB: 2048 });
    const db = sqlite.open({ path: library.databasePath, key: library.key, mode: 'read', cacheKiB: 512 });
    const follower = openFollower({ platform, library, owner: library.owner, pace: UNPACED });
    return new Carrier({ platform, userFiles, actions, db, follower, team, port });
  } catch (error) {
    team.close();
    actions?.close();
    throw error;
  }
}

interface CarrierParts {
  readonly platform: ThreadPlatform;
  readonly userFiles: UserFiles;
  /** `actions.db`. */
  readonly actions: Connection;
  /** `library.db`, to be read. */
  readonly db: Connection;
  readonly follower: IndexFollower;
  readonly team: CopyTeam;
  readonly port: Port;
}

class Carrier {
  readonly #parts: CarrierParts;
  readonly #newId: () => string;

  constructor(parts: CarrierParts) {
    this.#parts = parts;
    const ids = idSource(parts.platform.clock, parts.platform.random);
    this.#newId = () => ids.text();
  }

  async carryOut(task: CarryTask): Promise<CarryEnd> {
    const { run, tally } = this.#begin(task);
    const { clock } = this.#parts.platform;
    const began = clock.monotonic();
    const end = (finished: boolean): CarryEnd => ({ finished, carried: tally.carried, problems: tally.problems });
    try {
      const finished = await run.run(task.resumed);
      remember(this.#parts.actions, task.plan, { ...tally.worked, ms: clock.monotonic() - began });
      return end(finished);
    } catch (error) {
      this.#parts.port.say({ type: 'left', end: end(false) });
      throw error;
    }
  }

  async tidy(task: CarryTask): Promise<CarryEnd> {
    const { run, tally } = this.#begin(task);
    await run.tidy();
    return { finished: false, carried: tally.carried, problems: tally.problems };
  }

  close(): void {
    const { follower, actions, db, team } = this.#parts;
    team.close();
    follower.close();
    db.close();
    actions.close();
  }

  #begin(task: CarryTask): { run: CarryRun; tally: Tally } {
    const { platform, userFiles, actions, db, follower, team, port } = this.#parts;
    const { files, hashing, clock } = platform;
    const { plan, receipt, resumed } = task;
    const stop = new Int32Array(task.stop);
    const places = task.places.length > 0 ? task.places : Places.of(files, topPaths(actions, plan, MOST_TOPS));
    if (task.places.length === 0) port.say({ type: 'begun', places });
    const inodes = new Inodes((folder) => userFiles.limits(folder));
    const journal = new Journal(actions, plan, inodes);
    const paths = new StepPaths((seq) => journal.find(seq));
    const tally = new Tally(actions, plan, resumed, (step) => {
      const found = journal.find(step.seq);
      const { source, target } = found ? paths.of(found) : {};
      return source ?? target ?? '';
    });
    const reporter = new Reporter(tally, clock, (progress) => port.say({ type: 'progress', progress }));
    const chooser = new Chooser(actions, { files, userFiles }, plan);
    const world: CarryWorld = {
      plan,
      receipt,
      files,
      userFiles,
      paths,
      chooser,
      content: new ContentReader(files, hashing),
      trash: new TrashCan({ db, files, userFiles, inodes, newId: this.#newId, receipt }),
      inodes,
      places: new Places(files, places),
      buildsOnItself: chooser.buildsOnItself,
      find: (seq) => journal.find(seq),
      now: () => clock.now(),
      stop: task.stop,
      stopped: () => Atomics.load(stop, 0) !== 0,
      working: (path, bytes) => reporter.working(path, bytes),
      settled: () => reporter.settled(),
    };
    const turnOver = (): void => port.say({ type: 'turn-over', report: follower.report() });
    const turn = port.wantTurn;
    const run = new CarryRun({ world, team, db: actions, journal, tally, follower, clock, turn, turnOver });
    return { run, tally };
  }
}
