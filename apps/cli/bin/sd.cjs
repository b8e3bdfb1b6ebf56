#!/usr/bin/env node
// npm links a workspace's commands but not the root's own, so `npx sd` comes in through here.
require('../../../bin/sd');
