import { expect } from '@playwright/test';
import { Phone } from '../e2e/phone.ts';
import { PATIENT } from './injection.ts';

/** A phone on a machine that has many others to run: everything may take a minute. */
export class PatientPhone extends Phone {
	override async open(path = './', line = 'Practice line', state: string | RegExp = 'Ready'): Promise<void> {
		await this.page.goto(path);
		await expect(this.status(line)).toHaveText(state, PATIENT);
	}

	override reaches(state: string | RegExp, timeout = PATIENT.timeout): Promise<void> {
		return super.reaches(state, timeout);
	}

	override async close(): Promise<void> {
		await this.button('Close').click();
		await expect(this.number).toBeVisible(PATIENT);
	}
}
