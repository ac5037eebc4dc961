/* One step of Adam and of gradient descent as a C programmer would write them: one loop over plain arrays, for the compiler to make the best of. */
#include <math.h>
#include <stddef.h>

void adam(float *restrict p, const float *restrict g, float *restrict m, float *restrict v, ptrdiff_t n,
          float rate, float beta1, float beta2, float epsilon, float correction1, float correction2)
{
    for (ptrdiff_t i = 0; i < n; i++) {
        m[i] = beta1 * m[i] + (1 - beta1) * g[i];
        v[i] = beta2 * v[i] + (1 - beta2) * (g[i] * g[i]);
        p[i] -= rate * (correction1 * m[i]) / (sqrtf(correction2 * v[i]) + epsilon);
    }
}

void gradient_descent(float *restrict p, const float *restrict g, ptrdiff_t n, float rate)
{
    for (ptrdiff_t i = 0; i < n; i++) p[i] -= rate * g[i];
}
