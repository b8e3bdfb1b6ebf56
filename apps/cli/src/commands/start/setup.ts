import { command } from '../../declare/command.ts';
export default command({ name: 'setup', summary: 'x', arguments: {}, options: {}, examples: [], calls: [], async run() {} });
