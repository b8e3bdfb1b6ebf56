#!/usr/bin/env node
// npm links a workspace's bin but not the root's own, so `npx sd` comes in through here.
import '../../../bin/sd';
