import { KeptFigures } from './kept-figures';

/** Counts how often it is asked, and answers with that. */
function aQuestion() {
  const question = { asked: 0, ask: () => Promise.resolve((question.asked += 1)) };
  return question;
}

describe('KeptFigures', () => {
  it('should answer from what it knows while that is kept', async () => {
    const figures = new KeptFigures(aQuestion().ask, Infinity);
    expect([await figures.get(), await figures.get(), await figures.get()]).toEqual([1, 1, 1]);
  });

  it('should ask again when that time is over', async () => {
    const figures = new KeptFigures(aQuestion().ask, 0);
    expect([await figures.get(), await figures.get()]).toEqual([1, 2]);
  });

  it('should let all who ask at once share one question', async () => {
    const question = aQuestion();
    const figures = new KeptFigures(question.ask, 0);
    await Promise.all([figures.get(), figures.get(), figures.get()]);
    expect(question.asked).toBe(1);
  });

  it('should tell all of them that it failed, and ask again', async () => {
    let away = true;
    const figures = new KeptFigures(
      () => (away ? Promise.reject(new Error('store away')) : Promise.resolve('here')),
      Infinity,
    );
    const [first, second] = await Promise.allSettled([figures.get(), figures.get()]);
    expect([first?.status, second?.status]).toEqual(['rejected', 'rejected']);
    away = false;
    expect(await figures.get()).toBe('here');
  });
});
