import { command } from '../../declare/command.ts';
export default command({ name: 'restart', summary: 'x', arguments: {}, options: {}, examples: [], calls: [], async run() {} });
