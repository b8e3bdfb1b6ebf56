export interface Power {
  /** `undefined`: there is no battery, or it cannot be told. */
  onBattery(): Promise<boolean | undefined>;
}
