export { type ArticlesOptions, type CreateArticlesOptions, createArticles } from './create-articles.ts';
