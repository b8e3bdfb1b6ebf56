import { actionToUndo, passedOver } from '../../history/chosen-action.ts';
import { undoAction } from '../undo-action.ts';

export const undo = undoAction({
  summary:
    'Takes an action back, where nothing it changed has been changed since; else it says what, and does nothing.',
  name: 'history.undo',
  verb: 'Undo',
  receipt: 'of the action; left out: the last one that holds',
  chosen: actionToUndo,
  passedOver,
});
