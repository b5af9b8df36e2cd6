import type { Locator, Page } from '@playwright/test'

/** The form of the sign-in page. */
export class SignIn {
  constructor(private readonly page: Page) {}

  get email(): Locator {
    return this.page.getByLabel('E-mail')
  }

  get password(): Locator {
    return this.page.getByLabel('Password', { exact: true })
  }

  get button(): Locator {
    return this.page.getByRole('button', { name: 'Sign in', exact: true })
  }

  /** Why it was refused. */
  get refusal(): Locator {
    return this.page.getByText('The e-mail or the password is wrong.')
  }

  async submit(email: string, password: string): Promise<void> {
    await this.email.fill(email)
    await this.password.fill(password)
    await this.button.click()
  }
}
