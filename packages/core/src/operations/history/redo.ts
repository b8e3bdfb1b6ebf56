import { undoToRedo } from '../../history/chosen-action.ts';
import { undoAction } from '../undo-action.ts';

export const redo = undoAction({
  summary: 'Does again what was undone, where nothing of it has been changed since.',
  name: 'history.redo',
  verb: 'Redo',
  receipt: 'of the action that was undone, or of its undo; left out: the last, if nothing else was done since',
  chosen: undoToRedo,
});
