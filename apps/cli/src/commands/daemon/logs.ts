import { command } from '../../declare/command.ts';
export default command({ name: 'logs', summary: 'x', arguments: {}, options: {}, examples: [], calls: [], async run() {} });
