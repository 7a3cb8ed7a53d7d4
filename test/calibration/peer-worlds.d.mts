export const peerWorlds: readonly { readonly key: string; readonly kind: "conversion" | "revenue" }[];
