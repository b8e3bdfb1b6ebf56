export function dataFolderOf(globals: { dataDir: string | undefined; instance: string | undefined }): string { return globals.dataDir ?? globals.instance ?? ''; }
