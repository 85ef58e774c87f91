"use client";
import { createContext } from "react";

/** The zone in which times are shown; the browser's own outside an account. */
export const TimeZoneContext = createContext<string | undefined>(undefined);
