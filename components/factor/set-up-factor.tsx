"use client";
import { FactorSection } from "./factor-section";

/** Outside an account: whoever has set one up goes on to where they wanted. */
export function SetUpFactor({ next }: { next: string }) {
	return <FactorSection onSetUp={() => window.location.assign(next)} />;
}
