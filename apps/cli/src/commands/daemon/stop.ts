import { command } from '../../declare/command.ts';
export default command({ name: 'stop', summary: 'x', arguments: {}, options: {}, examples: [], calls: [], async run() {} });
