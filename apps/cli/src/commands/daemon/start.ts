import { command } from '../../declare/command.ts';
export default command({ name: 'start', summary: 'x', arguments: {}, options: {}, examples: [], calls: [], async run() {} });
