import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';

const SECTOR = 512;
const SECTORS = 32_768;
const FAT_SECTORS = 32;
const RESERVED = 1;
const ROOT_ENTRIES = 512;

/** An empty FAT16 file system of 16 MiB in a file, for machines without `mkfs.vfat`. */
export function makeFatImage(path: string): void {
  const boot = Buffer.alloc(SECTOR);
  boot.set([0xeb, 0x3c, 0x90]);
  boot.write('MSWIN4.1', 3, 'latin1');
  boot.writeUInt16LE(SECTOR, 11);
  boot.writeUInt8(4, 13); // sectors per cluster
  boot.writeUInt16LE(RESERVED, 14);
  boot.writeUInt8(2, 16); // tables
  boot.writeUInt16LE(ROOT_ENTRIES, 17);
  boot.writeUInt16LE(SECTORS, 19);
  boot.writeUInt8(0xf8, 21); // a fixed disk
  boot.writeUInt16LE(FAT_SECTORS, 22);
  boot.writeUInt16LE(32, 24); // sectors per track
  boot.writeUInt16LE(2, 26); // heads
  boot.writeUInt8(0x80, 36);
  boot.writeUInt8(0x29, 38); // what follows is there
  boot.writeUInt32LE(0x12345678, 39);
  boot.write('TEST       FAT16   ', 43, 'latin1');
  boot.writeUInt16LE(0xaa55, 510);
  const table = Buffer.from([0xf8, 0xff, 0xff, 0xff]);
  const file = openSync(path, 'w');
  try {
    ftruncateSync(file, SECTORS * SECTOR);
    writeSync(file, boot, 0, SECTOR, 0);
    for (const copy of [0, 1]) writeSync(file, table, 0, table.length, (RESERVED + copy * FAT_SECTORS) * SECTOR);
  } finally {
    closeSync(file);
  }
}
