import type { Policy } from './file-tree-model.ts';

/** Something is done through the core; `what` and `to` pick among what is there, by their number modulo how many. */
export type ActionStep =
  | { readonly do: 'copy' | 'move'; readonly what: number; readonly to: number; readonly policy: Policy }
  | { readonly do: 'rename'; readonly what: number; readonly name: string }
  | { readonly do: 'create_folder' | 'create_file'; readonly to: number; readonly name: string }
  | { readonly do: 'trash' | 'delete' | 'set_times'; readonly what: number };

/** Something is done behind our back. */
export type EditStep =
  | { readonly do: 'write'; readonly to: number; readonly name: string }
  | { readonly do: 'modify' | 'remove'; readonly what: number }
  | { readonly do: 'move_aside'; readonly what: number; readonly name: string };

export type ModelStep =
  | ActionStep
  | EditStep
  /** Edits while the plan of an action is shown. */
  | { readonly do: 'meanwhile'; readonly action: ActionStep; readonly edit: EditStep }
  | { readonly do: 'restore' | 'undo' | 'redo' | 'rescan' }
  | { readonly do: 'tag'; readonly what: number }
  | { readonly do: 'fault'; readonly at: number; readonly after: boolean };
