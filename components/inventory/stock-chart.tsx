"use client";
import { CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { ChartFrame } from "../charts/chart-frame";
import { tick, tip } from "../charts/chart-style";
import { exactTime } from "../ui/time-words";

interface StockChartProps {
	/** Oldest first. */
	history: { at: string; cart: string; quantity: number; outcome: string; message: string | null }[];
	timeZone: string;
}

const colors = ["var(--accent)", "var(--success)", "var(--warning)", "var(--muted)"];

/** The figure of each cart over time, as steps: it holds until the next one. */
export function StockChart({ history, timeZone }: StockChartProps) {
	const carts = [...new Set(history.map(({ cart }) => cart))];
	const rows = history.map(({ at, cart, quantity }) => ({ at: Date.parse(at), [cart]: quantity }));
	return (
		<ChartFrame
			title="Figure"
			unit="units"
			table={{
				columns: ["Time", "Cart", "Units", "Outcome"],
				rows: history.map(({ at, cart, quantity, outcome, message }) => [
					exactTime(new Date(at), timeZone),
					cart,
					quantity,
					message ?? outcome,
				]),
			}}
		>
			<ResponsiveContainer width="100%" height={180}>
				<LineChart data={rows} margin={{ top: 4, right: 8, bottom: 0, left: 0 }} accessibilityLayer={false}>
					<CartesianGrid vertical={false} stroke="var(--separator)" />
					<XAxis
						dataKey="at"
						type="number"
						domain={["dataMin", "dataMax"]}
						tick={tick}
						tickLine={false}
						minTickGap={40}
						tickFormatter={(at: number) =>
							new Date(at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone })
						}
					/>
					<YAxis tick={tick} tickLine={false} axisLine={false} width={40} allowDecimals={false} />
					<Tooltip
						contentStyle={tip}
						isAnimationActive={false}
						labelFormatter={(at) => exactTime(new Date(Number(at)), timeZone)}
					/>
					{carts.map((cart, index) => (
						<Line
							key={cart}
							type="stepAfter"
							dataKey={cart}
							stroke={colors[index % colors.length] ?? "var(--accent)"}
							strokeWidth={1.5}
							dot={false}
							connectNulls
							isAnimationActive={false}
						/>
					))}
				</LineChart>
			</ResponsiveContainer>
		</ChartFrame>
	);
}
